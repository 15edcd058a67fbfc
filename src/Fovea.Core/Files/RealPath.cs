namespace Fovea.Core.Files;

/// <summary>Where a path leads when links are followed, so that a file which is reached in two ways is known as one.</summary>
public static class RealPath
{
    private const int MostLinks = 40; // as systems do: more are a circle

    /// <summary>The path with each symbolic link on the way and at its end followed, whether or not anything is there; null for a circle.</summary>
    /// <param name="full">A full path.</param>
    public static string? Of(string full)
    {
        ArgumentNullException.ThrowIfNull(full);
        var links = 0;
        var root = Path.GetPathRoot(full)!;
        var (real, open) = (root, new Stack<string>(full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse()));
        while (open.TryPop(out var part))
        {
            if (part == ".") continue;
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks) return null;
            if (Path.IsPathRooted(target)) real = Path.GetPathRoot(target)!;
            foreach (var piece in target.Split(['/', Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse()) open.Push(piece);
        }

        return real;
    }
}
