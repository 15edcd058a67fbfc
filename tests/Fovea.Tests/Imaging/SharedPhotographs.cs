namespace Fovea.Tests.Imaging;

/// <summary>Photographs that lie beside the repository, never in it.</summary>
internal static class SharedPhotographs
{
    /// <summary>
    /// The folder <paramref name="name"/> of the photographs; skips the test when it is not there. To be called in a test, never in what a class makes first.
    /// </summary>
    public static string Folder(string name)
    {
        var found = Find(name);
        Assert.SkipWhen(found is null, "needs photographs, which are not part of the repository (../shared/data)");
        return found!;
    }

    /// <summary>The folder <paramref name="name"/> of the photographs, or null when it is not there.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) continue;
            // Beside the repository, or one level up for a worktree.
            for (var parent = folder.Parent; parent is not null; parent = parent.Parent)
            {
                var data = Path.Combine(parent.FullName, "shared", "data", name);
                if (Directory.Exists(data)) return data;
            }
        }

        return null;
    }
}
