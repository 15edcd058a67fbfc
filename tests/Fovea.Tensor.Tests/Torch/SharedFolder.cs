namespace Fovea.Tests.Torch;

/// <summary>Files of the folder <c>shared</c> beside the repository root, which is not part of the repository.</summary>
internal static class SharedFolder
{
    /// <summary>The path of a file there, or null when it does not exist.</summary>
    internal static string? Find(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Fovea.slnx"))) root = root.Parent;
        if (root?.Parent is null) return null;
        var path = Path.Combine([root.Parent.FullName, "shared", .. parts]);
        return File.Exists(path) ? path : null;
    }
}
