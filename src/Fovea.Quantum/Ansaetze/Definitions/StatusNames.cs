using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>The names of <see cref="AnsatzStatus"/> in definitions: the enumeration's in lower case.</summary>
internal static class StatusNames
{
    private static readonly Dictionary<string, AnsatzStatus> ByName =
        Enum.GetValues<AnsatzStatus>().ToDictionary(status => status.ToString().ToLowerInvariant());

    /// <summary>Reads a line "status NAME".</summary>
    /// <exception cref="InputException">The name is unknown.</exception>
    public static AnsatzStatus Read(SourceLine line, DefinitionSource source) =>
        ByName.TryGetValue(line.Rest, out var status) ? status : throw source.Problem(
            line.Number,
            $"unknown status {DefinitionSource.Quote(line.Rest)}{NearestName.Hint(line.Rest, ByName.Keys)}; allowed: {string.Join(", ", ByName.Keys)}");
}
