using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Study.Planning;

namespace Fovea.Study.Cells;

/// <summary>A cell's heavy files, and whether they are those of its settings.</summary>
internal static class CellFolders
{
    /// <summary>The lock of a cell's folder.</summary>
    public const string LockName = ".lock";

    private const string KeyName = "key.txt";

    /// <summary>Prepares a cell's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="force">Whether work with other settings may be thrown away.</param>
    /// <exception cref="InputException">There is unfinished work of other settings.</exception>
    public static void Prepare(string folder, StudyCell cell, bool force)
    {
        var known = Path.Combine(folder, KeyName);
        if (!force && File.Exists(known) && File.ReadAllText(known).Trim() != cell.RunKey)
            throw new InputException($"{cell.Name}: {folder} holds unfinished work with other settings, data or program version; pass --force to throw it away");
        Claim(folder, cell.RunKey);
        RemoveStillborn(Path.Combine(folder, "run"));
    }

    /// <summary>Makes a folder that belongs to a key; what another key left in it is removed.</summary>
    public static void Claim(string folder, string key)
    {
        Directory.CreateDirectory(folder);
        var known = Path.Combine(folder, KeyName);
        if (File.Exists(known) && File.ReadAllText(known).Trim() == key) return;
        RemoveContent(folder);
        AtomicFile.WriteText(known, key + "\n");
    }

    /// <summary>Removes a run's folder that was killed before it said what it is: no run would begin in it.</summary>
    public static void RemoveStillborn(string run)
    {
        if (Directory.Exists(run) && !File.Exists(Path.Combine(run, "config.toml"))) Directory.Delete(run, recursive: true);
    }

    /// <summary>Removes what only a resumption needs.</summary>
    public static void RemoveCheckpoints(string run)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(run, "checkpoints"))) File.Delete(file);
        File.Delete(Path.Combine(run, "latents.safetensors"));
    }

    private static void RemoveContent(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != LockName)) File.Delete(file);
        foreach (var inner in Directory.EnumerateDirectories(folder)) Directory.Delete(inner, recursive: true);
    }
}
