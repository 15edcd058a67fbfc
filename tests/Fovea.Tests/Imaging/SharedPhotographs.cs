namespace Fovea.Tests.Imaging;

/// <summary>Photographs that lie beside the repository, never in it.</summary>
internal static class SharedPhotographs
{
    /// <summary>The folder <paramref name="name"/> of the shared photographs; skips the test when it is not there.</summary>
    public static string Folder(string name)
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

        Assert.Skip($"needs the photographs in ../shared/data/{name}, which are not part of the repository");
        return "";
    }
}
