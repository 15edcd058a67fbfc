using Fovea.Core.Errors;

namespace Fovea.Core.Files;

/// <summary>The rule for every output folder: it is created, or empty, or the user says that it may be replaced.</summary>
public static class OutputFolder
{
    /// <summary>
    /// Creates the folder if need be. Throws <see cref="InputException"/> when the path is a file, cannot be created or
    /// written, or holds files and <paramref name="force"/> is false. With <paramref name="force"/> nothing is deleted here:
    /// each writer replaces its own files.
    /// </summary>
    public static void Prepare(string path, bool force, string remedy = "choose another folder or pass --force")
    {
        if (File.Exists(path)) throw new InputException($"{path}: is a file, an output folder is needed");
        try
        {
            Directory.CreateDirectory(path);
            if (!force && Directory.EnumerateFileSystemEntries(path).Any())
                throw new InputException($"{path}: the output folder exists and is not empty; {remedy}");
            var probe = Path.Combine(path, ".write-test");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"{path}: the output folder cannot be written ({e.Message})", e);
        }
    }
}
