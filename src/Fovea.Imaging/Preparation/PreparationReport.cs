using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>What a preparation did.</summary>
public sealed record PreparationReport
{
    /// <summary>The dataset folder.</summary>
    public required string Output { get; init; }

    /// <summary>Images written.</summary>
    public required int Count { get; init; }

    /// <summary>Image width and height in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Images a split.</summary>
    public required IReadOnlyDictionary<Split, int> SplitCounts { get; init; }

    /// <summary>Class names in the order of the labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Images a class, in the order of <see cref="ClassNames"/>.</summary>
    public required IReadOnlyList<int> ClassCounts { get; init; }

    /// <summary>Images by the name of their disc kind; empty for pictures that are no fundus photographs.</summary>
    public required IReadOnlyDictionary<string, int> DiscCounts { get; init; }

    /// <summary>Files that gave no image, with the reason.</summary>
    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>Pictures of which a damaged part was made up by the decoder.</summary>
    public int Repaired { get; init; }

    /// <summary>Files dropped as exact copies.</summary>
    public required IReadOnlyList<DuplicateFile> Duplicates { get; init; }

    /// <summary>Everything else in the source folder, counted by what it is.</summary>
    public IReadOnlyList<PassedOverCount> PassedOver { get; init; } = [];

    /// <summary>Which columns of the label table were used, and how many rows each gave, one line each; empty without a table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows of the label table that name no file of the source.</summary>
    public int RowsWithoutFile { get; init; }

    /// <summary>Images without a class in a dataset that has classes.</summary>
    public int WithoutLabel { get; init; }

    /// <summary>The classes of masks; empty for a dataset without masks.</summary>
    public IReadOnlyList<string> MaskNames { get; init; } = [];

    /// <summary>Images that were taken in with masks, before filters left any out.</summary>
    public int WithMasks { get; init; }

    /// <summary>How many photographs each filter left out; empty when none was asked for.</summary>
    public required IReadOnlyList<AppliedFilter> Filters { get; init; }

    /// <summary>What the user should look at, one line each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Images that share their split because they look alike, beyond what patients tie together.</summary>
    public required int NearDuplicates { get; init; }

    /// <summary>SHA-256 over images and manifest.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>What the user should look at, one line each, the gravest first.</summary>
internal static class PreparationWarnings
{
    public static IReadOnlyList<string> Lines(
        PrepareOptions options, PreparationInput input, ImageCollector collector, SplitAssignment assignment,
        IReadOnlyList<(int First, int Second)> nearDuplicates, ApartFilter apart) =>
    [
        .. assignment.Warnings,
        .. FileNamePersons.EyesApart(input.Kind == "photographs" && options.IsFundus ? collector.Entries : [], assignment.Groups, assignment.Splits),
        .. SplitAssignment.Shortened(collector.Contradictions, "contradictions between copies"),
        .. LostClasses(options, input, collector),
        .. input.Remark is { } remark ? [remark] : Array.Empty<string>(),
        .. input.Listing?.Warning is { } unread ? [unread] : Array.Empty<string>(),
        .. collector.Pixels.Warnings(),
        .. Table(options, input.Table, collector),
        .. input.Names?.Warning is { } nameless ? [nameless] : Array.Empty<string>(),
        .. Completed(collector),
        .. Lookalikes(collector, nearDuplicates),
        .. apart.Warnings(collector.Entries),
    ];

    private static IEnumerable<string> Table(PrepareOptions options, LabelTable? table, ImageCollector collector)
    {
        if (table is null) yield break;
        if (table.Unmatched.Count > 0)
            yield return $"{options.Labels}: {table.Unmatched.Count} rows name files that are not there, first '{table.Unmatched[0]}'";
        if (collector.WithoutRow is [var first, ..])
            yield return $"{options.Labels}: {collector.WithoutRow.Count} files have no row in the table, first '{first}'";
        if (table.HasLabels && collector.Labels.FindIndex(string.IsNullOrEmpty) is >= 0 and var at)
        {
            yield return $"{options.Labels}: {collector.Labels.Count(string.IsNullOrEmpty)} of {collector.Labels.Count} images have no label, first "
                + $"'{collector.Entries[at].File}'";
        }

        foreach (var value in table.UnknownValues) yield return $"{options.Labels}: {value} (where)";
        foreach (var word in table.UnknownWords) yield return $"{options.Labels}: {word}";
    }

    /// <summary>Classes of the table of which no image is left.</summary>
    private static IEnumerable<string> LostClasses(PrepareOptions options, PreparationInput input, ImageCollector collector)
    {
        if (input.Table is not { } table) yield break;
        var kept = collector.Labels.Where(label => !string.IsNullOrEmpty(label)).Select(label => label!).ToHashSet(NameComparer.Instance);
        foreach (var lost in
                table.Rows.Where(row => row.Label.Length > 0 && !kept.Contains(row.Label))
                    .CountBy(row => row.Label)
                    .OrderBy(lost => lost.Key, StringComparer.Ordinal))
        {
            yield return $"{options.Labels}: class '{lost.Key}' ({lost.Value} {(lost.Value == 1 ? "file" : "files")}) has no image in the dataset: they were "
                + "skipped, left out, or dropped as copies of images of other classes";
        }
    }

    private static IEnumerable<string> Completed(ImageCollector collector)
    {
        if (collector.Completed is [var first, ..])
        {
            yield return $"{collector.Completed.Count} dropped copies told a label, a patient or a split that was not known of the image, first {first.File} "
                + $"of {first.KeptFile}; it was taken over";
        }
    }

    /// <summary>Near-duplicates are most often one photograph: what differs between them may be an error of the table.</summary>
    private static IEnumerable<string> Lookalikes(ImageCollector collector, IReadOnlyList<(int First, int Second)> nearDuplicates)
    {
        var (labels, entries) = (collector.Labels, collector.Entries);
        var other = nearDuplicates.Where(pair => Differ(labels[pair.First], labels[pair.Second])).ToList();
        if (other is [var (a, b), ..])
        {
            yield return $"{other.Count} pairs of near-duplicates have different labels, first {entries[a].File} ('{labels[a]}') and "
                + $"{entries[b].File} ('{labels[b]}')";
        }

        var persons = nearDuplicates.Where(pair => Differ(entries[pair.First].Patient, entries[pair.Second].Patient)).ToList();
        if (persons is [var (c, d), ..])
        {
            yield return $"{persons.Count} pairs of near-duplicates have different patients, first {entries[c].File} ('{entries[c].Patient}') and "
                + $"{entries[d].File} ('{entries[d].Patient}'); both stay in one split";
        }
    }

    private static bool Differ(string? a, string? b) => !string.IsNullOrEmpty(a) && !string.IsNullOrEmpty(b) && !NameComparer.Instance.Equals(a, b);
}
