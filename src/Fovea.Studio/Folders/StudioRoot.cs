using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Studio.Folders;

/// <summary>The folder that a studio shows. What lies outside of it cannot be named, also not by symbolic links.</summary>
internal sealed class StudioRoot
{
    // On Windows they separate folders, drives and streams; elsewhere they are letters.
    private static readonly string s_separators = OperatingSystem.IsWindows() ? "\\:" : "";

    private StudioRoot(string given, string path) => (Given, Path) = (given, path);

    /// <summary>The folder as the user named it.</summary>
    internal string Given { get; }

    /// <summary>Where it really is.</summary>
    internal string Path { get; }

    /// <summary>Looks at the folder.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static StudioRoot Open(string folder)
    {
        if (File.Exists(folder)) throw new InputException($"{folder}: is a file; the studio shows a folder");
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder; the studio shows a folder of datasets, runs and reports");
        return new StudioRoot(folder, RealPath.Of(System.IO.Path.GetFullPath(folder)) ?? throw new InputException($"{folder}: is a circle of symbolic links"));
    }

    /// <summary>The path of what a request names; null where that is no name of something inside the folder. It need not exist.</summary>
    /// <param name="relative">The path from the folder on, with slashes; empty for the folder itself.</param>
    internal string? Resolve(string relative)
    {
        if (relative.Length == 0) return Path;
        var parts = relative.Split('/');
        if (parts.Any(part => part.Length == 0 || part.StartsWith('.') || part.AsSpan().ContainsAny(s_separators) || part.Any(char.IsControl))) return null;
        var real = RealPath.Of(System.IO.Path.Combine([Path, .. parts]));
        return real is not null && IsInside(real) ? real : null;
    }

    /// <summary>The path of a folder that a request names; null where there is none inside.</summary>
    internal string? FolderAt(string relative) => Resolve(relative) is { } path && Directory.Exists(path) ? path : null;

    /// <summary>The path of a file that a request names; null where there is none inside.</summary>
    internal string? FileAt(string relative) => Resolve(relative) is { } path && File.Exists(path) ? path : null;

    /// <summary>How requests name a path inside the folder.</summary>
    internal string NameOf(string path) => System.IO.Path.GetRelativePath(Path, path) is var relative && relative == "." ? "" : Slashed(relative);

    /// <summary>How messages and command lines name it: as the user would from where the studio was started.</summary>
    internal string ShownPath(string relative)
    {
        if (relative.Length == 0) return Given;
        var path = Slashed(System.IO.Path.Combine(Given, relative));
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static string Slashed(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;

    private bool IsInside(string real) =>
        real == Path || real.StartsWith(
            Path.EndsWith(System.IO.Path.DirectorySeparatorChar) ? Path : Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
