using System.IO.Enumeration;
using Fovea.Core.Errors;
using Fovea.Imaging.Decoding;

namespace Fovea.Imaging.Preparation;

/// <summary>The files of a folder and its subfolders, ordered by relative path.</summary>
internal sealed class FolderSource
{
    private static readonly HashSet<string> s_pictureExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".bmp", ".dib", ".ppm", ".pgm", ".pbm", ".pnm",
    };

    private readonly string _folder;

    /// <param name="folder">The folder.</param>
    /// <param name="datasets">Folders of datasets, which may lie in it; their pictures are no photographs.</param>
    public FolderSource(string folder, IEnumerable<string> datasets)
    {
        _folder = folder;
        string[] passedOver = [.. datasets.Select(dataset => Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataset)))];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        try
        {
            // Links to files are followed, links to folders are not: they may lead in circles.
            var paths = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            Files = [.. paths
                .Where(path => !Array.Exists(passedOver, dataset => IsInside(path, dataset)) && !Path.GetFileName(path).StartsWith('.') && IsPicture(path))
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the folder cannot be listed ({e.Message})", e);
        }

        if (Files.Count == 0) throw new InputException($"{folder}: the folder holds no picture (JPEG, PNG, TIFF, WebP, BMP, PPM)");
    }

    /// <summary>Relative paths with forward slashes.</summary>
    public IReadOnlyList<string> Files { get; }

    public IEnumerable<SourceItem> Items(IEnumerable<string> files, PhotographLoader loader) =>
        files.Select(file => new SourceItem(file, () => loader.Load(Path.Combine(_folder, file))));

    private static bool IsInside(string path, string folder) =>
        Path.GetFullPath(path) is var full && (full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || full.StartsWith(folder + ".partial" + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>A picture by its name is taken, so that a damaged one is reported; any other file only if it begins like one.</summary>
    private static bool IsPicture(string path)
    {
        if (s_pictureExtensions.Contains(Path.GetExtension(path))) return true;
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> start = stackalloc byte[32];
            var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return FormatSniffer.Identify(start[..length]) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
