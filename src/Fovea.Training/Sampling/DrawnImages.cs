using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Imaging.Datasets;

namespace Fovea.Training.Sampling;

/// <summary>The names of drawn images in a folder: <c>000000.png</c> and on by the image's number, and their grid.</summary>
public static partial class DrawnImages
{
    /// <summary>The grid of a folder's first images.</summary>
    public const string GridName = "grid.png";

    /// <summary>The file of an image.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="index">The image's number.</param>
    public static string PathOf(string folder, long index) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index:D6}.png"));

    /// <summary>Removes what was drawn into a folder before, and nothing else: fewer images must not come to lie among old ones.</summary>
    /// <param name="folder">The folder; it may be missing.</param>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.png").Where(IsDrawn)) File.Delete(file);
        ClassFiles.Remove(folder);
        MaskSource.Remove(folder);
        PictureSource.Remove(folder);
    }

    /// <summary>Whether a file has the name of a drawn image, or of their grid.</summary>
    public static bool IsDrawn(string file) => Path.GetFileName(file) is var name && (name == GridName || Numbered().IsMatch(name));

    [GeneratedRegex(@"^\d{6,}\.png$")]
    private static partial Regex Numbered();
}
