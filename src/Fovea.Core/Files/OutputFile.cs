using Fovea.Core.Errors;

namespace Fovea.Core.Files;

/// <summary>The rule for every file that a user names for a result: it is new, or the user says that it may be replaced. Looked at before the work.</summary>
public static class OutputFile
{
    /// <summary>Refuses what cannot become the file.</summary>
    /// <param name="path">The file; null where none is asked for.</param>
    /// <param name="force">Whether it may be replaced.</param>
    /// <param name="inputs">What is read, which is never replaced.</param>
    /// <exception cref="InputException">It is a folder, one of the inputs or there already, or its folder is not there.</exception>
    public static void Require(string? path, bool force, params IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (path is null) return;
        if (Directory.Exists(path)) throw new InputException($"{path}: is a folder, a file is needed");
        var full = Path.GetFullPath(path);
        if (inputs.Any(input => Path.GetFullPath(input) == full)) throw new InputException($"{path}: is read, and is not replaced; choose another file");
        if (File.Exists(path) && !force) throw new InputException($"{path}: exists; pass {new NamedInput("Force")} to replace it");
        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder)) throw new InputException($"{path}: there is no folder {folder}");
    }
}
