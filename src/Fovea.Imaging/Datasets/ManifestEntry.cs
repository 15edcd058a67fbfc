using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Datasets;

/// <summary>One row of a dataset's manifest: what is known of one image.</summary>
public sealed record ManifestEntry
{
    /// <summary>The image's row in images.npy; set by <see cref="DatasetWriter.Append"/>.</summary>
    public int Index { get; init; }

    /// <summary>The source's path relative to the source folder, with forward slashes; any unique name for generated images.</summary>
    public required string File { get; init; }

    /// <summary>The part of the dataset.</summary>
    public Split Split { get; init; }

    /// <summary>The patient as the label table names it; empty when not known.</summary>
    public string Patient { get; init; } = "";

    /// <summary>The class as an index into the dataset's class names; null when not known.</summary>
    public int? Label { get; init; }

    /// <summary>The upright source's width in pixels.</summary>
    public int Width { get; init; }

    /// <summary>The upright source's height in pixels.</summary>
    public int Height { get; init; }

    /// <summary>The field of view in source pixels.</summary>
    public RetinaDisc Disc { get; init; }

    /// <summary>SHA-256 of the source file's bytes in lower-case hexadecimal digits; empty for generated images.</summary>
    public string Sha256 { get; init; } = "";
}
