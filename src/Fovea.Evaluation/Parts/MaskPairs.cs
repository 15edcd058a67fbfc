using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Judges.Images;
using Fovea.Training.Sampling;

namespace Fovea.Evaluation.Parts;

/// <summary>Which mask belongs to which image: of generated images by the table beside them, of a dataset's by their places in it.</summary>
internal static class MaskPairs
{
    /// <summary>Why nothing is said of masks where the pictures were cropped.</summary>
    internal const string Cropped = "the generated pictures were cropped, and the masks that they were drawn for are not";

    private const string Vessels = "vessel";

    /// <summary>The class of mask that is of vessels: the only one, or the one that is called so.</summary>
    internal static int? VesselClass(IReadOnlyList<string> names) =>
        names.Count == 1 ? 0 : Enumerable.Range(0, names.Count).Where(c => names[c].Contains(Vessels, StringComparison.OrdinalIgnoreCase))
            .Select(c => (int?)c).FirstOrDefault();

    /// <summary>The images that were drawn for masks, in their sets' order of contents.</summary>
    /// <param name="generated">The images.</param>
    /// <param name="warn">Told of rows that name an image which is not there.</param>
    internal static List<(int Image, string Folder, string Mask)> Of(ImageSet generated, Action<string>? warn = null)
    {
        var tables = new Dictionary<string, IReadOnlyDictionary<string, string>?>(StringComparer.Ordinal);
        List<(int Image, string Folder, string Mask)> pairs = [];
        foreach (var k in generated.ContentOrder)
        {
            var folder = Path.GetDirectoryName(generated.Names[k]) ?? "";
            if (!tables.TryGetValue(folder, out var table)) tables[folder] = table = MaskSource.ReadPairs(folder);
            if (table?.GetValueOrDefault(Path.GetFileName(generated.Names[k])) is { } mask) pairs.Add((k, folder, mask));
        }

        // Of a sample of the images the others are there and not meant.
        foreach (var (folder, table) in tables)
        {
            string[] absent = [.. (table?.Keys ?? []).Where(name => !File.Exists(Path.Combine(folder, name)))];
            if (absent.Length > 0)
            {
                warn?.Invoke($"{Path.Combine(folder, MaskSource.TableName)}: {Counted.Of(absent.Length, "row")} of images that are not there (as {absent[0]}), "
                    + "which are left out");
            }
        }

        return pairs;
    }

    /// <summary>The mask of a pair, [side · side].</summary>
    /// <exception cref="InputException">Its file is missing, or is not square.</exception>
    internal static byte[] Read((int Image, string Folder, string Mask) pair, string name, int side)
    {
        var folder = Path.Combine(pair.Folder, MaskSource.FolderName);
        string[] files = [Path.Combine(folder, name, $"{pair.Mask}.png"), Path.Combine(folder, $"{pair.Mask}.png")];
        var file = Array.Find(files, File.Exists) ??
            throw new InputException($"{files[0]}: is missing; {MaskSource.TableName} says that {pair.Mask} is the mask of an image beside it");
        var picture = ImageFile.ReadRgb(file);
        if (picture.Width != picture.Height)
            throw new InputException($"{file}: is {picture.Width}×{picture.Height} pixels; masks of generated images are square");
        var pixels = ImageSet.Resized(picture.Pixels, picture.Width, side);
        return [.. Enumerable.Range(0, side * side).Select(i => pixels[3 * i])];
    }

    /// <summary>A dataset's images that have masks, with those of a class, [side · side].</summary>
    internal static (byte[] Image, byte[] Mask)[] Of(ImageSet set, ImageDataset dataset, int label)
    {
        if (dataset.Masks is not { } masks) return [];
        var area = set.Side * set.Side;
        var places = dataset.Entries.ToDictionary(entry => entry.File, entry => entry.Index, StringComparer.Ordinal);
        return
        [
            .. set.ContentOrder.Select(k => (Image: set.Pixels[k], Place: places[set.Names[k]])).Where(pair => masks.Has(pair.Place))
                .Select(pair => (pair.Image, masks[pair.Place].Slice(label * area, area).ToArray())),
        ];
    }
}
