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
