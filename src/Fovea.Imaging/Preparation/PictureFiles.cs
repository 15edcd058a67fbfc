namespace Fovea.Imaging.Preparation;

/// <summary>Which files of a folder are taken for pictures.</summary>
public static class PictureFiles
{
    /// <summary>Their extensions; case does not matter.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".ppm"];

    /// <summary>The pictures of a folder, not of folders in it, in the ordinal order of their names.</summary>
    public static string[] In(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
}
