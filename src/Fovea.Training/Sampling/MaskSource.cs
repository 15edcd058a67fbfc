using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Training.Sampling;

/// <summary>Masks to draw images for: a file, a folder, or masks that are at hand.</summary>
public sealed record MaskSource
{
    /// <summary>The folder of masks beside drawn images.</summary>
    public const string FolderName = MaskPictures.FolderName;

    /// <summary>The table beside drawn images that says which mask each was drawn for.</summary>
    public const string TableName = MaskPictures.TableName;

    private static readonly string[] s_header = ["image", "mask", "class", "seed"];

    /// <summary>A file or a folder, as <see cref="MaskPictures.Read"/> reads them; null where <see cref="Masks"/> are given.</summary>
    public string? Path { get; init; }

    /// <summary>The masks themselves, of the run's classes and side.</summary>
    public IReadOnlyList<NamedMask>? Masks { get; init; }

    /// <summary>How many images to draw, of which image k has mask k modulo their number; null for one for each mask.</summary>
    public int? Count { get; init; }

    /// <summary>Reads the masks and puts them into a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="names">The run's classes of mask.</param>
    /// <param name="side">Its side in pixels.</param>
    /// <param name="announce">Told of masks of another size.</param>
    /// <returns>The request with a mask for each image, and these masks by image.</returns>
    /// <exception cref="InputException">The run is told no masks, or a mask cannot be used.</exception>
    internal (SampleRequest Request, IReadOnlyList<NamedMask> OfImages) Apply(SampleRequest request, IReadOnlyList<string> names, int side,
        Action<string>? announce)
    {
        if (names.Count == 0) throw new InputException($"{new NamedInput("Mask")}: the run's denoiser is not told masks (denoiser.mask_conditional = false)");
        var masks = Masks ?? new MaskPictures(names, side).Read(Path ?? throw new InvalidOperationException("a path or masks are needed"), announce);
        if (masks.FirstOrDefault(mask => mask.Bytes.Length != names.Count * side * side) is { } odd)
            throw new ArgumentException($"the mask '{odd.Name}' has {odd.Bytes.Length} bytes; {names.Count} classes of {side}×{side} are needed");
        var count = Count ?? masks.Count;
        NamedMask[] images = [.. Enumerable.Range(0, Math.Max(0, count)).Select(k => masks[k % masks.Count])];
        return (request with { Count = count, Masks = [.. images.Select(mask => mask.Bytes)] }, images);
    }

    /// <summary>Writes the masks of drawn images beside these, and which belongs to which.</summary>
    /// <param name="folder">The images' folder.</param>
    /// <param name="pictures">Writes masks.</param>
    /// <param name="masks">The mask of each image.</param>
    /// <param name="first">Number of the first image.</param>
    /// <param name="classes">The class of each; null for none.</param>
    /// <param name="seed">The seed.</param>
    internal static void Write(string folder, MaskPictures pictures, IReadOnlyList<NamedMask> masks, long first, IReadOnlyList<string>? classes, int seed)
    {
        foreach (var mask in masks.DistinctBy(mask => mask.Name)) pictures.Write(System.IO.Path.Combine(folder, FolderName), mask);
        var text = new StringBuilder();
        CsvWriter.AppendRow(text, s_header);
        for (var i = 0; i < masks.Count; i++)
            CsvWriter.AppendRow(text, DrawnImages.PathOf("", first + i), masks[i].Name, classes?[i] ?? "", seed.ToString(CultureInfo.InvariantCulture));
        AtomicFile.WriteText(System.IO.Path.Combine(folder, TableName), text.ToString());
    }

    /// <summary>
    /// Which mask each image of a folder was drawn for, by the images' file names; null for a folder without such a table. A file of that name which is
    /// none, in a folder without masks, is somebody else's.
    /// </summary>
    /// <exception cref="InputException">The table cannot be read, or breaks a rule.</exception>
    public static IReadOnlyDictionary<string, string>? ReadPairs(string folder)
    {
        var path = System.IO.Path.Combine(folder, TableName);
        if (!File.Exists(path)) return null;
        try
        {
            using var reader = new StreamReader(path);
            string[][] rows = [.. CsvReader.Read(reader)];
            if (rows.Length == 0 || !rows[0].SequenceEqual(s_header))
            {
                return Directory.Exists(System.IO.Path.Combine(folder, FolderName))
                    ? throw new InputException(
                        $"{path}: begins with another line than {string.Join(',', s_header)}, which beside a folder {FolderName} it needs")
                    : null;
            }

            if (Array.Find(rows, row => row.Length != s_header.Length) is { } odd)
                throw new InputException($"{path}: a row has {odd.Length} fields; {string.Join(", ", s_header)} are needed");
            if (Array.Find(rows, row => row[1] is "" or "." or ".." || row[1].AsSpan().ContainsAny('/', '\\')) is { } outside)
            {
                throw new InputException(
                    $"{path}: names the mask '{outside[1]}' of {outside[0]}; allowed: the name of a file in {FolderName}, without a folder");
            }

            if (rows.GroupBy(row => row[0]).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new InputException($"{path}: {twice.Count()} rows are of the image {twice.Key}; allowed: one an image");
            return rows[1..].ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }

    /// <summary>Removes what was written beside images that were drawn before, and nothing else.</summary>
    internal static void Remove(string folder)
    {
        if (ReadPairs(folder) is not { } pairs) return;
        var names = pairs.Values.Select(name => $"{name}.png").ToHashSet(StringComparer.Ordinal);
        var masks = System.IO.Path.Combine(folder, FolderName);
        if (Directory.Exists(masks))
        {
            foreach (var file in Directory.EnumerateFiles(masks, "*.png", SearchOption.AllDirectories)
                .Where(file => names.Contains(System.IO.Path.GetFileName(file))).ToArray())
            {
                File.Delete(file);
            }

            // The classes' folders and then theirs, where nothing of somebody else's is in them.
            foreach (var inner in Directory.GetDirectories(masks).Append(masks))
                if (!Directory.EnumerateFileSystemEntries(inner).Any()) Directory.Delete(inner);
        }

        File.Delete(System.IO.Path.Combine(folder, TableName));
    }
}
