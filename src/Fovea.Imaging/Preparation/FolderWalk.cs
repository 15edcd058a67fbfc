using System.Text.RegularExpressions;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// Walks a folder: its own folders first, then the linked ones in the order of their paths. A folder is entered once, under
/// whatever path, so links may lead in circles.
/// </summary>
internal sealed class FolderWalk
{
    private readonly string _root;
    private readonly string _rootTarget;
    private readonly bool _subfolders;
    private readonly string[] _apart;
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string Relative, string Target)> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);

    public FolderWalk(string folder, bool subfolders, IEnumerable<string> apart)
    {
        (_root, _subfolders) = (folder, subfolders);
        _rootTarget = Real(folder);
        _apart = [.. apart.Select(Real)
            .SelectMany(other => new[] { other, other + ".partial" })];
        Enter("", _rootTarget);
        while (_links.Count > 0)
        {
            var (key, link) = _links.First();
            _links.Remove(key);
            Follow(link.Relative, link.Target);
        }
    }

    /// <summary>Every file, by its path relative to the folder, with forward slashes.</summary>
    public List<string> Files { get; } = [];

    /// <summary>What the walk itself passed over.</summary>
    public List<PassedOverFile> PassedOver { get; } = [];

    /// <summary>The names of the files and folders in a folder; none for what is no folder.</summary>
    public IReadOnlySet<string> NamesIn(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!_names.TryGetValue(full, out var names))
            _names[full] = names = Directory.Exists(full) ? [.. new DirectoryInfo(full).EnumerateFileSystemInfos().Select(entry => entry.Name)] : [];
        return names;
    }

    private void Enter(string relative, string target)
    {
        if (_apart.Contains(target, StringComparer.Ordinal) || !_entered.Add(target)) return;
        // By the path without links: what a link says is relative to where it truly lies.
        var entries = new DirectoryInfo(target).GetFileSystemInfos();
        _names[Path.GetFullPath(Path.Combine(_root, relative))] = [.. entries.Select(entry => entry.Name)];
        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = relative.Length == 0 ? entry.Name : $"{relative}/{entry.Name}";
            if (entry.LinkTarget is not null) TakeLink(entry, path);
            else if (entry is FileInfo) Files.Add(path);
            else if (!_subfolders) continue;
            else if (entry.Name == MaskPictures.FolderName && entries.Any(beside => beside.Name == MaskPictures.TableName))
                PassedOver.Add(new(path + "/", PassedOverKind.Own, "sheets and datasets of this program"));
            else if (PictureFiles.IsHidden(entry.Name)) PassedOver.Add(new(path + "/", PassedOverKind.Hidden, "hidden or of the system"));
            else Enter(path, Path.Combine(target, entry.Name));
        }
    }

    private void TakeLink(FileSystemInfo entry, string path)
    {
        // None for links that lead to each other.
        var target = RealPath.Of(entry.FullName);
        if (File.Exists(target)) Files.Add(path);
        else if (!Directory.Exists(target)) PassedOver.Add(new(path, PassedOverKind.BrokenLink, "broken links"));
        else if (_subfolders && PictureFiles.IsHidden(entry.Name)) PassedOver.Add(new(path + "/", PassedOverKind.Hidden, "hidden or of the system"));
        else if (_subfolders) _links[path] = (path, target);
    }

    private static string Real(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) is var full ? RealPath.Of(full) ?? full : path;

    private void Follow(string relative, string target)
    {
        // A link to a folder around the source would take in all that lies beside it.
        var isAround = (_rootTarget + Path.DirectorySeparatorChar)
            .StartsWith(Path.TrimEndingDirectorySeparator(target) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isAround || _entered.Contains(target))
            PassedOver.Add(new(relative + "/", PassedOverKind.LinkedTwice, "linked folders that are read already or hold the link"));
        else Enter(relative, target);
    }
}

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
