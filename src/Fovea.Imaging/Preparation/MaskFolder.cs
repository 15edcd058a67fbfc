using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// The masks of a folder's pictures: one of each class for a picture, of the same relative path without extension. They lie as the pictures do (one class, or
/// index pictures of several), or in a folder for each class. Which it is, is what more of the files fit.
/// </summary>
internal sealed class MaskFolder
{
    /// <summary>The one class of masks that lie as the pictures do.</summary>
    public const string OneClass = "mask";

    private readonly string _folder;
    private readonly bool _hasFolders;
    private readonly ILookup<string, string> _byName;

    private MaskFolder(string folder, bool hasFolders, IReadOnlyList<string> names, IReadOnlyList<string> files)
    {
        (_folder, _hasFolders, Names) = (folder, hasFolders, names);
        _byName = files.ToLookup(NameOf, StringComparer.Ordinal);
    }

    /// <summary>The classes, at least one.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the masks are index pictures: value k is class k − 1.</summary>
    public bool IsIndexed { get; private init; }

    /// <summary>Files that belong to no picture.</summary>
    public IReadOnlyList<string> WithoutPicture { get; private init; } = [];

    /// <summary>Finds the masks, and by all of their values whether they are index pictures.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pictures">The pictures' relative paths.</param>
    /// <param name="threads">Masks that are read at once.</param>
    /// <param name="maxPixels">Masks with more pixels are not read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">There is no folder, or no mask of a picture in it.</exception>
    public static MaskFolder Open(string folder, IReadOnlyList<string> pictures, int threads, long maxPixels, CancellationToken cancellation)
    {
        var (files, names) = (List(folder), pictures.Select(NameOf).ToHashSet(StringComparer.Ordinal));
        string[] flat = [.. files.Where(file => names.Contains(NameOf(file)))];
        string[] inFolders = [.. files.Where(file => file.Contains('/') && names.Contains(NameOf(Within(file))))];
        if (flat.Length + inFolders.Length == 0)
        {
            throw new InputException(
                $"{folder}: none of its {files.Count} masks has the name of a picture; a mask is called like its picture, "
                    + $"without the extension, beside others or "
                    + "in a folder for each class of mask");
        }

        var hasFolders = inFolders.Length > flat.Length;
        var used = hasFolders ? inFolders : flat;
        var values = hasFolders ? [] : Values(folder, flat, threads, maxPixels, cancellation);
        var isIndexed = values.Any(mask => mask.Count > 1 && mask[^1] < MaskPicture.MostValues)
            || (values.Length > 0 && values.All(mask => mask.Count == 0 || mask[^1] < MaskPicture.MostValues)
                && values.SelectMany(mask => mask).Distinct().Count() > 1);
        string[] classes = hasFolders ? [.. used.Select(FolderOf).Distinct().Order(StringComparer.Ordinal)]
            : !isIndexed ? [OneClass]
            : [.. Enumerable.Range(1, values.SelectMany(mask => mask).Where(value => value < MaskPicture.MostValues).Max()).Select(value => $"{value}")];
        return new MaskFolder(folder, hasFolders, classes, used) { IsIndexed = isIndexed, WithoutPicture = [.. files.Except(used, StringComparer.Ordinal)] };
    }

    /// <summary>Masks that a folder holds, by relative path: what is read as pictures, and GIF files.</summary>
    public static IReadOnlyList<string> List(string folder)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder (of masks)");
        var listing = PictureFiles.Enumerate(folder);
        return [.. listing.Files.Concat(listing.Unread.Select(file => file.File)
            .Where(file => Path.GetExtension(file).Equals(".gif", StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)];
    }

    /// <summary>A path without its extension, by which a mask is found.</summary>
    public static string NameOf(string file) => NameComparer.Normalise(Path.ChangeExtension(file, null));

    /// <summary>A path without its first folder.</summary>
    public static string Within(string file) => file[(file.IndexOf('/') + 1)..];

    /// <summary>The first folder of a path.</summary>
    public static string FolderOf(string file) => file[..file.IndexOf('/')];

    /// <summary>
    /// The masks of a picture: one file, or one for each class. Throws <see cref="MaskFaultException"/> where one is missing or there are several.
    /// </summary>
    public string[] Of(string picture)
    {
        var name = NameOf(picture);
        return [.. (_hasFolders ? Names.Select(folder => One($"{folder}/{name}", folder)) : [One(name, null)])];
    }

    private string One(string name, string? folder) => _byName[name].ToArray() switch
    {
        [var only] => Path.Combine(_folder, only),
        [] => throw new MaskFaultException(MaskFault.Missing, folder is null ? "has no mask" : $"has no mask in '{folder}'"),
        var several => throw new MaskFaultException(MaskFault.Missing, $"has several masks: {string.Join(", ", several)}"),
    };

    private static IReadOnlyList<byte>[] Values(string folder, string[] files, int threads, long maxPixels, CancellationToken cancellation)
    {
        var values = new IReadOnlyList<byte>[files.Length];
        Parallel.For(0, files.Length, Workers.Of(threads, cancellation), i =>
        {
            try
            {
                values[i] = MaskPicture.Read(File.ReadAllBytes(Path.Combine(folder, files[i])), maxPixels).Values;
            }
            catch (Exception e) when (e is ImageReadException or IOException or UnauthorizedAccessException)
            {
                values[i] = []; // Told when it is to be cut.
            }
        });
        return values;
    }
}

/// <summary>What may be wrong with a picture's masks.</summary>
internal enum MaskFault
{
    /// <summary>There is none, or more than one of a class.</summary>
    Missing,

    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>It has another size than its picture.</summary>
    Size,

    /// <summary>Its values are neither two nor those of classes.</summary>
    Values,
}

/// <summary>A picture's masks cannot be used; the message goes on after the picture's name.</summary>
internal sealed class MaskFaultException(MaskFault fault, string message) : Exception(message)
{
    public MaskFault Fault { get; } = fault;
}
