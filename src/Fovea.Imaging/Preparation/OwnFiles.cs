using System.Text.RegularExpressions;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// Recognises what this program wrote beside pictures: sheets of many images, and the files of a dataset. A name alone does not
/// make a sheet, for a photograph may be called anything: it has the frame of one, or lies where the program writes one.
/// </summary>
internal static partial class OwnFiles
{
    private static readonly string[] s_datasetFiles = [.. DatasetFiles.All, DatasetFiles.Masks, PhantomDataset.TableName];

    public static bool Contains(string path, FolderWalk walk)
    {
        var (name, folder) = (Path.GetFileName(path), Path.GetDirectoryName(path)!);
        if (s_datasetFiles.Contains(name) && IsDataset(walk.NamesIn(folder))) return true;
        return SheetName().IsMatch(name) && ((name.StartsWith("grid", StringComparison.Ordinal) && IsBesideDrawn(folder, walk)) || HasFrame(path));
    }

    private static bool IsDataset(IReadOnlySet<string> names) => names.Contains(DatasetFiles.Description) && names.Contains(DatasetFiles.Manifest);

    /// <summary>Images that were drawn lie beside the sheet, or in a folder a class.</summary>
    private static bool IsBesideDrawn(string folder, FolderWalk walk) =>
        walk.NamesIn(folder) is var names && (names.Any(Drawn().IsMatch) || names.Any(inner => walk.NamesIn(Path.Combine(folder, inner)).Any(Drawn().IsMatch)));

    private static bool HasFrame(string path)
    {
        try
        {
            return ImageGrid.IsFramed(ImageFile.ReadRgb(path));
        }
        catch (Exception e) when (e is Core.Errors.InputException)
        {
            return false; // Damaged: reported as a picture.
        }
    }

    [GeneratedRegex(@"^(grid|grid-.+|contact-sheet|samples|samples-\d{8}|reconstructions-\d{8}|demo)\.png$")]
    private static partial Regex SheetName();

    [GeneratedRegex(@"^\d{6,}\.png$")]
    private static partial Regex Drawn();
}
