namespace Fovea.Imaging.Datasets;

/// <summary>What a dataset says of itself beside its images and its manifest; written to dataset.json.</summary>
public sealed record DatasetSummary
{
    /// <summary>Where the images come from: <c>photographs</c>, <c>medmnist</c>, <c>phantom</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Class names in the order of the labels; empty for a dataset without classes.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Whether the images are fundus photographs or drawn like them, for which judges of such images were made.</summary>
    public bool IsFundus { get; init; } = true;

    /// <summary>The settings that made the dataset, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Source files that gave no image.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    /// <summary>Source files that were dropped as copies of earlier ones.</summary>
    public IReadOnlyList<DuplicateFile> Duplicates { get; init; } = [];

    /// <summary>What the user should look at, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The filters that left photographs out; empty when none was asked for.</summary>
    public IReadOnlyList<AppliedFilter> Filters { get; init; } = [];
}
