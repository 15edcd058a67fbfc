using Fovea.Core.Errors;

namespace Fovea.Imaging.Preparation;

/// <summary>The pictures of a folder and its subfolders, ordered by relative path.</summary>
internal sealed class FolderSource
{
    /// <param name="folder">The folder.</param>
    /// <param name="datasets">Folders of datasets, which may lie in it; their pictures are no photographs.</param>
    /// <param name="labels">The label table, which may lie in it too.</param>
    public FolderSource(string folder, IEnumerable<string> datasets, string? labels)
    {
        Listing = PictureFiles.Enumerate(folder, apart: datasets, known: labels is null ? [] : [labels]);
        if (Listing.Files.Count == 0)
            throw new InputException($"{folder}: the folder holds no picture (JPEG, PNG, TIFF, WebP, BMP, PPM){(Listing.Warning is { } unread ? $"; {unread[(folder.Length + 2)..]}" : "")}");
    }

    /// <summary>The pictures and what was passed over.</summary>
    public PictureListing Listing { get; }

    /// <summary>Relative paths with forward slashes.</summary>
    public IReadOnlyList<string> Files => Listing.Files;

    public IEnumerable<SourceItem> Items(IEnumerable<string> files, PhotographLoader loader) =>
        files.Select(file => new SourceItem(file, () => loader.Load(Path.Combine(Listing.Folder, file))));
}
