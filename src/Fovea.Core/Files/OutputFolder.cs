using Fovea.Core.Errors;

namespace Fovea.Core.Files;

/// <summary>The rule for every output folder: it is created, or empty, or the user says that it may be replaced.</summary>
public static class OutputFolder
{
    /// <summary>What the names of the files begin with that are made for a moment, to see whether a folder can be written.</summary>
    public const string ProbePrefix = ".write-test";

    /// <summary>Refuses an input as the output folder, which a user may name when files may be replaced.</summary>
    /// <param name="path">The output folder.</param>
    /// <param name="inputs">What is read, by what to call it; null for what is not there.</param>
    /// <exception cref="InputException">It is one of them.</exception>
    public static void RequireOther(string path, params IEnumerable<(string What, string? Input)> inputs)
    {
        static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var (what, input) in inputs)
        {
            if (input is not null && Full(input) == Full(path))
                throw new InputException($"{path}: is {what} itself, which is not changed; choose another folder");
        }
    }

    /// <summary>Refuses an output folder that holds what is read, which would be removed with what is replaced.</summary>
    /// <param name="path">The output folder.</param>
    /// <param name="inputs">Files and folders that are read; null for none.</param>
    /// <exception cref="InputException">One of them lies in it.</exception>
    public static void RequireOutside(string path, params IEnumerable<string?> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
        foreach (var input in inputs)
        {
            if (input is not null && Path.GetFullPath(input).StartsWith(folder, StringComparison.Ordinal))
                throw new InputException($"{path}: holds {input}, which is read; choose another folder");
        }
    }

    /// <summary>
    /// Creates the folder if need be. Throws <see cref="InputException"/> when the path is a file, cannot be created or
    /// written, or holds files and <paramref name="force"/> is false. With <paramref name="force"/> nothing is deleted here:
    /// each writer replaces its own files.
    /// </summary>
    public static void Prepare(string path, bool force) => Prepare(path, force, $"choose another folder or pass {new NamedInput("Force")}");

    /// <summary>As the other, with what to do about files that are there.</summary>
    public static void Prepare(string path, bool force, InputMessage remedy)
    {
        if (File.Exists(path)) throw new InputException($"{path}: is a file, an output folder is needed");
        try
        {
            Directory.CreateDirectory(path);
            if (!force && Directory.EnumerateFileSystemEntries(path).Any())
                throw new InputException($"{path}: the output folder exists and is not empty; {remedy}");
            // Of a name of its own: processes that share a folder may come at one time.
            var probe = Path.Combine(path, $"{ProbePrefix}-{Path.GetRandomFileName()}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"{path}: the output folder cannot be written ({e.Message})", e);
        }
    }
}
