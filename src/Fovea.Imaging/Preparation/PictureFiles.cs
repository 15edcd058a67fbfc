using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;

namespace Fovea.Imaging.Preparation;

/// <summary>Which files of a folder are taken for pictures, and what becomes of the others: one rule for every command.</summary>
public static class PictureFiles
{
    private const int SniffedBytes = 132;
    private const string DicomHint = "DICOM: write PNG or TIFF files with dcm2img or dcmj2pnm of dcmtk";

    private static readonly HashSet<string> s_system = new(StringComparer.OrdinalIgnoreCase)
    {
        "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r", "__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found",
    };

    private static readonly HashSet<string> s_documents = new(StringComparer.OrdinalIgnoreCase)
    {
        ".csv", ".tsv", ".txt", ".md", ".json", ".xml", ".html", ".pdf", ".xls", ".xlsx", ".ods", ".doc", ".docx", ".odt", ".rtf", ".log",
    };

    /// <summary>Extensions of the pictures that are read; case does not matter.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".bmp", ".dib", ".ppm", ".pgm", ".pbm", ".pnm"];

    /// <summary>The pictures of a folder, not of folders in it, in the ordinal order of their names: paths that begin with <paramref name="folder"/>.</summary>
    public static string[] In(string folder) => [.. Enumerate(folder, subfolders: false).Files.Select(file => Path.Combine(folder, file))];

    /// <summary>
    /// Lists a folder: a picture by its extension is taken, so that a damaged one is reported, any other file only if it begins like
    /// one. Links are followed, linked folders once. Sheets and datasets that this program wrote are no pictures.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="subfolders">Whether the folders in it are listed too.</param>
    /// <param name="apart">Folders in it that are passed over without a word, such as the output.</param>
    /// <param name="known">Files in it that have another part to play, such as the label table.</param>
    /// <exception cref="InputException">It cannot be listed.</exception>
    public static PictureListing Enumerate(string folder, bool subfolders = true, IEnumerable<string>? apart = null, IEnumerable<string>? known = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            var walk = new FolderWalk(folder, subfolders, apart ?? []);
            var knownFiles = (known ?? []).Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
            List<string> files = [];
            foreach (var file in walk.Files.Where(file => !knownFiles.Contains(Path.GetFullPath(Path.Combine(folder, file)))))
            {
                if (Judge(Path.Combine(folder, file), walk) is { } passed) walk.PassedOver.Add(passed with { File = file });
                else files.Add(file);
            }

            files.Sort(StringComparer.Ordinal);
            return new PictureListing(folder, files, [.. walk.PassedOver.OrderBy(passed => passed.File, StringComparer.Ordinal)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the folder cannot be listed ({e.Message})", e);
        }
    }

    internal static bool IsHidden(string name) => name.StartsWith('.') || s_system.Contains(name);

    /// <summary>Null for a picture.</summary>
    private static PassedOverFile? Judge(string path, FolderWalk walk)
    {
        if (IsHidden(Path.GetFileName(path))) return new("", PassedOverKind.Hidden, "hidden or of the system");
        if (OwnFiles.Contains(path, walk)) return new("", PassedOverKind.Own, "sheets and datasets of this program");
        var extension = Path.GetExtension(path);
        if (Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)) return null;
        Span<byte> start = stackalloc byte[SniffedBytes];
        start = start[..ReadStart(path, start)];
        if (FormatSniffer.Identify(start) is not null) return null;
        var isDicom = (start.Length == SniffedBytes && start.EndsWith("DICM"u8)) || extension.Equals(".dcm", StringComparison.OrdinalIgnoreCase);
        var isDocument = !isDicom && (s_documents.Contains(extension) || IsText(start));
        var type = extension.Length > 1 ? extension.ToLowerInvariant() : "no extension";
        return new("", isDocument ? PassedOverKind.Document : PassedOverKind.OtherType, isDicom ? $"{type} ({DicomHint})" : type);
    }

    private static int ReadStart(string path, Span<byte> start)
    {
        // What has no length may be a pipe, which would never end.
        if (new FileInfo(path) is { LinkTarget: null, Length: 0 }) return 0;
        try
        {
            using var stream = File.OpenRead(path);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var value in start)
            if (value < 0x20 && value is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f')) return false;
        return start.Length > 0;
    }
}

/// <summary>Why a file is not taken for a picture.</summary>
public enum PassedOverKind
{
    /// <summary>Of a type that is not read; it may well hold a picture.</summary>
    OtherType,

    /// <summary>A link that leads nowhere.</summary>
    BrokenLink,

    /// <summary>Text or an office document.</summary>
    Document,

    /// <summary>A sheet (<c>grid.png</c>, <c>contact-sheet.png</c>) or a dataset's file that this program wrote.</summary>
    Own,

    /// <summary>A hidden file or folder, or one that the operating system keeps for itself.</summary>
    Hidden,

    /// <summary>A linked folder that is read under another path, or one that holds the link itself.</summary>
    LinkedTwice,
}

/// <summary>A file, or a whole folder, that is not taken for a picture.</summary>
/// <param name="File">Its path relative to the folder, with forward slashes; a folder's ends with one.</param>
/// <param name="Kind">Why.</param>
/// <param name="Reason">What to count it under: the extension for <see cref="PassedOverKind.OtherType"/>.</param>
public sealed record PassedOverFile(string File, PassedOverKind Kind, string Reason);

/// <summary>The pictures of a folder and what was passed over.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">The pictures: paths relative to it with forward slashes, in ordinal order.</param>
/// <param name="PassedOver">Everything else, in the same order.</param>
public sealed record PictureListing(string Folder, IReadOnlyList<string> Files, IReadOnlyList<PassedOverFile> PassedOver)
{
    /// <summary>What may hold a picture and is not read: files of other types and broken links.</summary>
    public IEnumerable<PassedOverFile> Unread => PassedOver.Where(file => file.Kind is PassedOverKind.OtherType or PassedOverKind.BrokenLink);

    /// <summary>One line that names the folder and counts <see cref="Unread"/> by type; null when there are none.</summary>
    public string? Warning => UnreadText is { } text ? $"{Folder}: {text}" : null;

    internal string? UnreadText => Unread.ToList() is { Count: > 0 } unread
        ? $"{unread.Count} {(unread.Count == 1 ? "file is" : "files are")} not of a type that is read: "
            + $"{string.Join(", ", Counts(unread))}; first '{unread[0].File}'"
        : null;

    /// <summary>Everything passed over, counted by reason: <c>3 .gif</c>.</summary>
    public IReadOnlyList<PassedOverCount> Summary =>
        [.. PassedOver.GroupBy(file => (file.Kind, file.Reason)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Reason, StringComparer.Ordinal)
            .Select(group => new PassedOverCount(
                group.Key.Kind is PassedOverKind.Document ? $"documents ({group.Key.Reason})" : group.Key.Reason, group.Count()))];

    private static IEnumerable<string> Counts(List<PassedOverFile> files) =>
        files.GroupBy(file => file.Reason).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}");
}
