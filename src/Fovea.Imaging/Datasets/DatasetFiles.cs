namespace Fovea.Imaging.Datasets;

/// <summary>The names of the files that make a dataset folder.</summary>
public static class DatasetFiles
{
    /// <summary>The images: uint8 [count, size, size, 3] in NPY format 1.0, C order, sRGB.</summary>
    public const string Images = "images.npy";

    /// <summary>One row an image.</summary>
    public const string Manifest = "manifest.csv";

    /// <summary>Format version, settings, counts, classes, skipped files, content hash. Written last: without it there is no dataset.</summary>
    public const string Description = "dataset.json";

    /// <summary>A grid of images spread evenly over the dataset.</summary>
    public const string ContactSheet = "contact-sheet.png";

    /// <summary>The version of the format that this code writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>Every file, in the order in which they are moved into place.</summary>
    public static IReadOnlyList<string> All { get; } = [Images, Manifest, ContactSheet, Description];
}
