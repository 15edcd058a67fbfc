namespace Fovea.Core.Files;

/// <summary>Where a path leads when links are followed, so that a file which is reached in two ways is known as one.</summary>
public static class RealPath
{
    /// <summary>The path without links on the way; one that leads nowhere stays.</summary>
    /// <param name="path">A full path.</param>
    public static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        var here = Path.Combine(Of(parent), Path.GetFileName(path));
        return new DirectoryInfo(here) is { LinkTarget: not null } link && Target(link) is { } target ? Of(target) : here;
    }

    /// <summary>What a link leads to in the end; null for none, and for links that lead to each other.</summary>
    public static string? Target(FileSystemInfo link)
    {
        ArgumentNullException.ThrowIfNull(link);
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
