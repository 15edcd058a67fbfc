using System.Text.Json;
using Fovea.Core.Errors;

namespace Fovea.Hardware.Profiles;

/// <summary>
/// A list of {name, unit, value}, as properties have one for each qubit and gate. Values that are no finite numbers count as missing.
/// </summary>
internal sealed class BackendParameters
{
    private readonly Dictionary<string, (double Value, string Unit)> _values = new(StringComparer.Ordinal);
    private readonly string _place;

    private BackendParameters(string place) => _place = place;

    public static BackendParameters Of(JsonElement list, string place)
    {
        if (list.ValueKind != JsonValueKind.Array) throw new InputException($"{place}: no list of parameters; expected [{{name, unit, value}}, …]");
        var parameters = new BackendParameters(place);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                throw new InputException($"{place}: a parameter has no name; expected {{name, unit, value}}");
            if (!item.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number) continue;
            var unit = item.TryGetProperty("unit", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
            if (double.IsFinite(value.GetDouble())) parameters._values[name.GetString()!] = (value.GetDouble(), unit);
        }

        return parameters;
    }

    /// <summary>A value, or null when it is missing.</summary>
    public double? Value(string name) => _values.TryGetValue(name, out var found) ? found.Value : null;

    /// <summary>A time in seconds, or null when it is missing.</summary>
    public double? Seconds(string name)
    {
        if (!_values.TryGetValue(name, out var found)) return null;
        return TimeUnits.PerSecond(found.Unit) is { } perSecond
            ? found.Value / perSecond
            : throw new InputException($"{_place}: {name} has the unit \"{found.Unit.ReplaceLineEndings(" ")}\"; allowed: s, ms, us, ns");
    }
}
