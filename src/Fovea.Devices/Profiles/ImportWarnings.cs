using System.Collections.Immutable;

namespace Fovea.Devices.Profiles;

/// <summary>
/// What an import changed, filled in or left out, in lines that a person reads: one for each subject while they are few, one for all
/// subjects that the same thing happened to where they are many, as on a machine of a hundred qubits.
/// </summary>
internal sealed class ImportWarnings
{
    private const int MostSingleLines = 3;

    private readonly List<(string Kind, string Subject, string Single, string Common)> _entries = [];

    /// <summary>The lines, in the order of the first subject of each.</summary>
    public ImmutableArray<string> Lines => [.. _entries.GroupBy(entry => (entry.Kind, entry.Common)).SelectMany(group => Of([.. group]))];

    /// <summary>One more warning.</summary>
    /// <param name="kind">"qubit" or "coupling".</param>
    /// <param name="subject">Which one.</param>
    /// <param name="single">What happened to it.</param>
    /// <param name="common">The same said of many, without numbers of one subject; null where it is the same text.</param>
    public void Add(string kind, string subject, string single, string? common = null) =>
        _entries.Add((kind, subject, single, common ?? ": " + single));

    /// <summary>A list of subjects, cut after some.</summary>
    public static string Listed(IReadOnlyList<int> subjects) => subjects.Count <= 2 * MostSingleLines
        ? string.Join(", ", subjects)
        : $"{string.Join(", ", subjects.Take(MostSingleLines))} and {subjects.Count - MostSingleLines} more";

    private static IEnumerable<string> Of((string Kind, string Subject, string Single, string Common)[] entries)
    {
        var (kind, subject, _, common) = entries[0];
        return entries.Length <= MostSingleLines
            ? entries.Select(entry => $"{entry.Kind} {entry.Subject}: {entry.Single}")
            : [$"{entries.Length} {kind}s{(common.StartsWith(':') ? "" : " ")}{common} (first: {subject})"];
    }
}
