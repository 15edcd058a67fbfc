using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>The pictures of a folder and its subfolders, ordered by relative path.</summary>
internal sealed class FolderSource
{
    /// <param name="folder">The folder.</param>
    /// <param name="datasets">Folders of datasets and of masks, which may lie in it; their pictures are no photographs.</param>
    /// <param name="labels">The label table, which may lie in it too.</param>
    public FolderSource(string folder, IEnumerable<string> datasets, string? labels)
    {
        Listing = PictureFiles.Enumerate(folder, apart: datasets, known: labels is null ? [] : [labels]);
        if (Listing.Files.Count == 0)
        {
            throw new InputException(
                $"{folder}: the folder holds no picture (JPEG, PNG, TIFF, WebP, BMP, "
                    + $"PPM){(Listing.UnreadText is { } unread ? $"; {unread}" : "")}");
        }
    }

    /// <summary>The pictures and what was passed over.</summary>
    public PictureListing Listing { get; }

    /// <summary>Relative paths with forward slashes.</summary>
    public IReadOnlyList<string> Files => Listing.Files;

    public IEnumerable<SourceItem> Items(IEnumerable<string> files, PhotographLoader loader) =>
        files.Select(file => new SourceItem(file, () => loader.Load(Path.Combine(Listing.Folder, file), file)));
}

/// <summary>One picture to be: where it comes from and how to load it on a worker.</summary>
/// <param name="File">Name in the manifest.</param>
/// <param name="Load">Gives the image; runs on any thread.</param>
/// <param name="Split">The split if the source itself gives one.</param>
/// <param name="Label">The class if the source itself gives one.</param>
internal sealed record SourceItem(string File, Func<LoadedImage> Load, Split? Split = null, string? Label = null);
