using Fovea.Core.Errors;

namespace Fovea.Models.Circuits;

/// <summary>The rule for the settings that name quantum places.</summary>
public static class QuantumPlaces
{
    /// <summary>Throws <see cref="InputException"/> for the first named place that the network does not have.</summary>
    /// <param name="setting">The setting, for the message.</param>
    /// <param name="named">The places that the setting names.</param>
    /// <param name="existing">The places of the network.</param>
    public static void RequireExisting(string setting, IReadOnlyList<string> named, IReadOnlyList<string> existing)
    {
        foreach (var place in named.Except(existing))
            throw new InputException(
                $"{setting}: '{place}' is not a place in this network; allowed: {string.Join(", ", existing)}{NearestName.Hint(place, existing)}");
    }
}
