using System.Security.Cryptography;
using System.Text;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>Gives each image its split: as the source says, or by groups of images that belong together.</summary>
internal sealed class SplitAssignment
{
    private const int ListedPairs = 20;

    private SplitAssignment(Split[] splits, ImageGroups groups, List<string> warnings) => (Splits, Groups, Warnings) = (splits, groups, warnings);

    /// <summary>The split of each image.</summary>
    public IReadOnlyList<Split> Splits { get; }

    /// <summary>Which images belong together.</summary>
    public ImageGroups Groups { get; }

    /// <summary>Near-duplicates and patients that given splits separate, and splits that came out otherwise than was asked for.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Images with a given split keep it. The others are taken group by group (same patient, near-duplicates, and what these
    /// connect): a group with given splits follows the first of them in the order train, val, test; the rest is ordered by a hash
    /// of its members and goes to val until <paramref name="valFraction"/> of all such images is there, then to train. Neither
    /// names nor the order of the images matter.
    /// </summary>
    /// <param name="entries">The images.</param>
    /// <param name="persons">Who is known to be seen on which image or on dropped copies of it.</param>
    /// <param name="given">The splits that are given.</param>
    /// <param name="nearDuplicates">Pairs of images.</param>
    /// <param name="valFraction">The share for val.</param>
    public static SplitAssignment Make(
        IReadOnlyList<ManifestEntry> entries, IReadOnlyList<(int Index, string Patient)> persons, IReadOnlyList<Split?> given,
        IReadOnlyList<(int First, int Second)> nearDuplicates, double valFraction)
    {
        var groups = new ImageGroups(entries.Count, persons, nearDuplicates);
        var splits = given.ToArray();
        FollowGroups(splits, groups);
        AssignByHash(splits, groups, Keys(entries, persons), valFraction);
        Split[] made = [.. splits.Select(s => s!.Value)];
        return new SplitAssignment(made, groups, [.. Shares(made, given, groups, valFraction), .. Leaks(entries, persons, given, nearDuplicates)]);
    }

    private static void FollowGroups(Split?[] splits, ImageGroups groups)
    {
        var known = new Dictionary<int, Split>();
        for (var i = 0; i < splits.Length; i++)
        {
            if (splits[i] is { } split) known[groups.Of(i)] = known.TryGetValue(groups.Of(i), out var other) && other < split ? other : split;
        }

        for (var i = 0; i < splits.Length; i++)
        {
            if (known.TryGetValue(groups.Of(i), out var split)) splits[i] ??= split;
        }
    }

    private static void AssignByHash(Split?[] splits, ImageGroups groups, string[] keys, double valFraction)
    {
        var open = Enumerable.Range(0, splits.Length).Where(i => splits[i] is null).ToList();
        var wanted = (int)Math.Round(valFraction * open.Count);
        if (valFraction > 0 && open.Count > 1) wanted = Math.Max(1, wanted);
        var ordered = open.GroupBy(groups.Of).OrderBy(group => group.Min(i => keys[i])!, StringComparer.Ordinal).ToList();
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

    /// <summary>What orders the groups: by persons, copies' persons among them, else by the file's contents.</summary>
    private static string[] Keys(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<(int Index, string Patient)> persons)
    {
        var byIndex = persons.ToLookup(known => known.Index, known => Hash("patient:" + known.Patient));
        return [.. entries.Select(entry => byIndex[entry.Index].Min(StringComparer.Ordinal)
            ?? Hash("image:" + (entry.Sha256.Length > 0 ? entry.Sha256 : entry.File)))];
    }

    private static string Hash(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));

    /// <summary>Tells of splits without images, and of a share that is far from the one asked for.</summary>
    private static IEnumerable<string> Shares(Split[] splits, IReadOnlyList<Split?> given, ImageGroups groups, double valFraction)
    {
        var (training, validation, open) = (
            splits.Count(split => split == Split.Train), splits.Count(split => split == Split.Val), given.Count(split => split is null));
        if (training == 0)
        {
            yield return $"NO TRAINING IMAGE: all {splits.Length} images are in "
                + $"{string.Join(" and ", splits.Distinct().Order().Select(split => split.ToName()))}, as the split column says; "
                + "'none' as the split column divides them anew";
        }

        if (valFraction <= 0) yield break;
        var largest = Enumerable.Range(0, splits.Length).CountBy(groups.Of).Max(group => group.Value);
        if (validation == 0)
        {
            yield return open == 0
                ? "no validation image: the split column names none and leaves no image open; 'none' as the split column divides all images anew"
                : $"no validation image, though a share of {valFraction} was asked for: of {splits.Length} images {largest} belong together by patient or "
                    + "looks, and groups are not divided";
        }
        else if (open == splits.Length && Math.Abs(validation - valFraction * open) > Math.Max(2, valFraction * open / 2))
        {
            yield return $"{validation} of {open} images are for validation, though a share of {valFraction} was asked for: up to {largest} images belong "
                + "together by patient or looks, and groups are not divided";
        }
    }

    private static List<string> Leaks(
        IReadOnlyList<ManifestEntry> entries,
        IReadOnlyList<(int Index, string Patient)> persons,
        IReadOnlyList<Split?> given,
        IReadOnlyList<(int First, int Second)> nearDuplicates)
    {
        var leaks = nearDuplicates.Where(p => given[p.First] is { } a && given[p.Second] is { } b && a != b)
            .Select(p => $"near-duplicates in different splits: {entries[p.First].File} ({given[p.First]!.Value.ToName()}), "
                + $"{entries[p.Second].File} ({given[p.Second]!.Value.ToName()})").ToList();
        var patients = persons.Where(known => given[known.Index] is not null).GroupBy(known => known.Patient, NameComparer.Instance)
            .Where(p => p.Select(known => given[known.Index]).Distinct().Count() > 1)
            .Select(p => $"patient {p.Key} is in several splits: "
                + $"{string.Join(", ", p.Select(known => given[known.Index]!.Value.ToName()).Distinct().Order())}").ToList();
        return [.. Shortened(leaks, "pairs of near-duplicates in different splits"), .. Shortened(patients, "patients in several splits")];
    }

    internal static List<string> Shortened(List<string> lines, string what) =>
        lines.Count <= ListedPairs ? lines : [.. lines.Take(ListedPairs), $"{lines.Count - ListedPairs} more {what}"];
}

/// <summary>
/// Groups of images that belong together, which splits do not divide and other datasets do not share: of one person (the persons
/// of dropped copies counted), near-duplicates, and what these connect.
/// </summary>
internal sealed class ImageGroups
{
    private readonly DisjointSets _sets;

    /// <param name="count">Number of images.</param>
    /// <param name="persons">Who is known to be seen on an image; an image may stand for several persons, a person for many images.</param>
    /// <param name="nearDuplicates">Pairs of images.</param>
    public ImageGroups(int count, IEnumerable<(int Index, string Patient)> persons, IEnumerable<(int First, int Second)> nearDuplicates)
    {
        _sets = new DisjointSets(count);
        var first = new Dictionary<string, int>(NameComparer.Instance);
        foreach (var (index, patient) in persons)
        {
            if (!first.TryAdd(patient, index)) _sets.Join(first[patient], index);
        }

        foreach (var (a, b) in nearDuplicates)
        {
            if (_sets.Join(a, b)) TiedByLooks++;
        }
    }

    /// <summary>Images tied to another one by their looks and by nothing else.</summary>
    public int TiedByLooks { get; }

    /// <summary>The lowest index of an image's group.</summary>
    public int Of(int index) => _sets.Of(index);
}
