using System.Security.Cryptography;
using System.Text;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>Gives each image its split: as the source says, or by groups of images that belong together.</summary>
internal sealed class SplitAssignment
{
    private const int ListedPairs = 20;

    private SplitAssignment(Split[] splits, int nearDuplicates, List<string> warnings) =>
        (Splits, NearDuplicates, Warnings) = (splits, nearDuplicates, warnings);

    /// <summary>The split of each image.</summary>
    public IReadOnlyList<Split> Splits { get; }

    /// <summary>Images tied to another one by their looks and by nothing else.</summary>
    public int NearDuplicates { get; }

    /// <summary>Near-duplicates that given splits separate.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Images with a given split keep it. The others are taken group by group (same patient, near-duplicates, and what these
    /// connect): a group with given splits follows the first of them, the rest is ordered by a hash of its members and
    /// goes to val until <paramref name="valFraction"/> of all such images is there, then to train.
    /// </summary>
    public static SplitAssignment Make(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<Split?> given, IReadOnlyList<(int First, int Second)> nearDuplicates, double valFraction)
    {
        var groups = new DisjointSets(entries.Count);
        foreach (var patient in entries.Where(e => e.Patient.Length > 0).GroupBy(e => e.Patient, StringComparer.Ordinal))
        {
            foreach (var entry in patient) groups.Join(patient.First().Index, entry.Index);
        }

        var tied = 0;
        foreach (var (first, second) in nearDuplicates)
        {
            if (groups.Join(first, second)) tied++;
        }

        var splits = new Split?[entries.Count];
        for (var i = 0; i < splits.Length; i++) splits[i] = given[i];
        FollowGroups(splits, groups);
        AssignByHash(splits, groups, entries, valFraction);
        return new SplitAssignment([.. splits.Select(s => s!.Value)], tied, Leaks(entries, given, nearDuplicates));
    }

    private static void FollowGroups(Split?[] splits, DisjointSets groups)
    {
        var known = new Dictionary<int, Split>();
        for (var i = 0; i < splits.Length; i++)
        {
            if (splits[i] is { } split) known.TryAdd(groups.Of(i), split);
        }

        for (var i = 0; i < splits.Length; i++)
        {
            if (known.TryGetValue(groups.Of(i), out var split)) splits[i] ??= split;
        }
    }

    private static void AssignByHash(Split?[] splits, DisjointSets groups, IReadOnlyList<ManifestEntry> entries, double valFraction)
    {
        var open = Enumerable.Range(0, splits.Length).Where(i => splits[i] is null).ToList();
        var wanted = (int)Math.Round(valFraction * open.Count);
        if (valFraction > 0 && open.Count > 1) wanted = Math.Max(1, wanted);
        var ordered = open.GroupBy(groups.Of).OrderBy(group => group.Min(i => Key(entries[i]))!, StringComparer.Ordinal).ToList();
        var taken = 0;
        foreach (var group in ordered)
        {
            // The last group never goes to val: something must be left to train on.
            var toVal = taken < wanted && taken + group.Count() < open.Count && Fits(group.Count(), wanted - taken);
            foreach (var i in group) splits[i] = toVal ? Split.Val : Split.Train;
            if (toVal) taken += group.Count();
        }
    }

    /// <summary>A group may overshoot the wanted number by half of itself; a larger one would make val mostly one patient.</summary>
    private static bool Fits(int count, int missing) => count <= 2 * missing;

    private static string Key(ManifestEntry entry)
    {
        var identity = entry.Patient.Length > 0 ? "patient:" + entry.Patient : "image:" + (entry.Sha256.Length > 0 ? entry.Sha256 : entry.File);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }

    private static List<string> Leaks(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<Split?> given, IReadOnlyList<(int First, int Second)> nearDuplicates)
    {
        var leaks = nearDuplicates.Where(p => given[p.First] is { } a && given[p.Second] is { } b && a != b)
            .Select(p => $"near-duplicates in different splits: {entries[p.First].File} ({given[p.First]!.Value.ToName()}), {entries[p.Second].File} ({given[p.Second]!.Value.ToName()})").ToList();
        var patients = entries.Where(e => e.Patient.Length > 0 && given[e.Index] is not null).GroupBy(e => e.Patient, StringComparer.Ordinal)
            .Where(p => p.Select(e => given[e.Index]).Distinct().Count() > 1)
            .Select(p => $"patient {p.Key} is in several splits: {string.Join(", ", p.Select(e => given[e.Index]!.Value.ToName()).Distinct().Order())}").ToList();
        return [.. Shortened(leaks, "pairs of near-duplicates in different splits"), .. Shortened(patients, "patients in several splits")];
    }

    private static List<string> Shortened(List<string> lines, string what) =>
        lines.Count <= ListedPairs ? lines : [.. lines.Take(ListedPairs), $"{lines.Count - ListedPairs} more {what}"];
}
