using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>A mask to draw an image for.</summary>
/// <param name="Name">Its file without folder and extension, by which it is called beside the image.</param>
/// <param name="Bytes">[classes, side, side], 255 where a pixel is wholly of the class.</param>
public sealed record NamedMask(string Name, byte[] Bytes);

/// <summary>
/// Reads and writes masks of a trained run's classes and side. One of a single class has 0 and another value, or grey for parts of a pixel; one of several is
/// an index picture, in which k is the k-th class, or a file in a folder for each class.
/// </summary>
/// <param name="names">The classes of mask.</param>
/// <param name="side">Side in pixels.</param>
public sealed class MaskPictures(IReadOnlyList<string> names, int side)
{
    /// <summary>The folder of masks beside images that were drawn for them.</summary>
    public const string FolderName = "masks";

    /// <summary>The table beside drawn images that says which mask each was drawn for.</summary>
    public const string TableName = "pairs.csv";

    /// <summary>The masks of a file or a folder, in the order of their names; those of another size brought to the side, which is told.</summary>
    /// <param name="path">A file, a folder of masks, or one with a folder for each class.</param>
    /// <param name="announce">Told of masks of another size.</param>
    /// <exception cref="InputException">There is no mask, one is not square, or has values that stand for nothing.</exception>
    public IReadOnlyList<NamedMask> Read(string path, Action<string>? announce = null)
    {
        List<string> resized = [];
        IReadOnlyList<NamedMask> masks = File.Exists(path) ? [new(NameOf(path), ReadPicture(path, resized))] : InFolder(path, resized);
        if (resized.Count > 0) announce?.Invoke($"{resized.Count} of {masks.Count} masks were brought to {side}×{side} pixels by area, first {resized[0]}");
        return masks;
    }

    /// <summary>Writes a mask as a grey PNG, of several classes one in a folder for each, so that <see cref="Read"/> reads it again.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mask">The mask.</param>
    public void Write(string folder, NamedMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        for (var c = 0; c < names.Count; c++)
        {
            var file = FileOf(folder, mask.Name, c);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            PngFile.Write(file, Grey(mask.Bytes.AsSpan(c * side * side, side * side)), side, side);
        }
    }

    /// <summary>The file of a class of a mask.</summary>
    public string FileOf(string folder, string name, int label) => names.Count == 1 ? Path.Combine(folder, $"{name}.png")
        : Path.Combine(folder, SafeFolder(label), $"{name}.png");

    /// <summary>A plane as a grey picture [side, side, 3].</summary>
    public static byte[] Grey(ReadOnlySpan<byte> plane)
    {
        var rgb = new byte[plane.Length * 3];
        for (var i = 0; i < plane.Length; i++) rgb.AsSpan(3 * i, 3).Fill(plane[i]);
        return rgb;
    }

    private string SafeFolder(int label) => Core.Files.SafeName.IsSafe(names[label]) ? names[label]
        : string.Create(CultureInfo.InvariantCulture, $"mask-{label}");

    private IReadOnlyList<NamedMask> InFolder(string folder, List<string> resized)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such file or folder (of masks)");
        var files = MaskFolder.List(folder);
        if (files.Count == 0) throw new InputException($"{folder}: holds no mask");
        if (files.Any(file => !file.Contains('/')))
        {
            return Distinct(folder, [.. files.Where(file => !file.Contains('/'))
                .Select(file => new NamedMask(NameOf(file), ReadPicture(Path.Combine(folder, file), resized)))]);
        }

        var byClass = files.Where(file => file.Contains('/')).GroupBy(MaskFolder.FolderOf)
            .ToDictionary(group => group.Key, group => group.ToLookup(file => MaskFolder.NameOf(MaskFolder.Within(file))), StringComparer.Ordinal);
        string[] folders = [.. Enumerable.Range(0, names.Count).Select(SafeFolder)];
        if (Array.Find(folders, name => !byClass.ContainsKey(name)) is { } missing)
        {
            throw new InputException(
                $"{folder}: has no folder '{missing}'; the run is told masks of {string.Join(", ", names)}, and a folder of masks holds one for each of these");
        }

        var wanted = folders.SelectMany(name => byClass[name].Select(mask => mask.Key)).Distinct().Order(StringComparer.Ordinal);
        return Distinct(folder, [.. wanted
            .Select(name => new NamedMask(Path.GetFileName(name), [.. folders.SelectMany(inner => OfClass(folder, inner, name, byClass[inner], resized))]))]);
    }

    private byte[] OfClass(string folder, string inner, string name, ILookup<string, string> files, List<string> resized) => files[name].ToArray() switch
    {
        [var only] => Plane(MaskOf(Path.Combine(folder, only)), Path.Combine(folder, only), _ => true, isGrey: true, resized),
        [] => throw new InputException($"{folder}: '{inner}' has no mask '{name}', which another class has; an empty one says that there is nothing of it"),
        var several => throw new InputException($"{folder}: several masks of one name: {string.Join(", ", several)}"),
    };

    private static IReadOnlyList<NamedMask> Distinct(string folder, IReadOnlyList<NamedMask> masks) =>
        masks.CountBy(mask => mask.Name).FirstOrDefault(same => same.Value > 1).Key is { } twice ?
            throw new InputException($"{folder}: several masks are called '{twice}'") : masks;

    private byte[] ReadPicture(string path, List<string> resized)
    {
        var mask = MaskOf(path);
        if (names.Count == 1) return Plane(mask, path, _ => true, isGrey: !mask.IsIndex, resized);
        if (mask.Values.Count > 0 && mask.Values[^1] > names.Count)
        {
            throw new InputException(
                $"{path}: has values up to {mask.Values[^1]}; the run is told masks of {string.Join(", ", names)}, so that an index picture has 0 to "
                    + $"{names.Count}, or give a folder with one for each of these");
        }

        return [.. Enumerable.Range(1, names.Count).SelectMany(value => Plane(mask, path, found => found == value, isGrey: false, value == 1 ? resized : []))];
    }

    private static MaskPicture MaskOf(string path)
    {
        try
        {
            return MaskPicture.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is ImageReadException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>How much of each pixel belongs to a class: the grey of a mask of more than two values, else 255 where its value is the class's.</summary>
    private byte[] Plane(MaskPicture mask, string path, Predicate<byte> isInside, bool isGrey, List<string> resized)
    {
        if (mask.Width != mask.Height) throw new InputException($"{path}: is {mask.Width}×{mask.Height} pixels; the run's images are square, {side}×{side}");
        var meaning = new byte[256];
        for (var value = 1; value < meaning.Length; value++)
        {
            meaning[value] = isGrey && mask.Values.Count > 1 ? (byte)value : isInside((byte)value)
                ? byte.MaxValue : (byte)0;
        }

        var picture = new RgbImage(mask.Width, mask.Height, new byte[mask.Width * mask.Height * 3]);
        mask.Lay(picture, 0, meaning);
        if (mask.Width != side) resized.Add(path);
        var pixels = mask.Width == side ? picture.Pixels : AreaResampler.Resize(picture, 0, 0, mask.Width, side);
        return [.. Enumerable.Range(0, side * side).Select(i => pixels[3 * i])];
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);
}
