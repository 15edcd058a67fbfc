using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Study.Cells;

/// <summary>A cell's heavy files, and whether they are those of its settings.</summary>
internal static class CellFolders
{
    /// <summary>The lock of a cell's folder.</summary>
    public const string LockName = ".lock";

    /// <summary>Prepares a cell's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="force">Whether work with other settings may be thrown away.</param>
    /// <exception cref="InputException">There is unfinished work of other settings.</exception>
    public static void Prepare(string folder, StudyCell cell, bool force)
    {
        var known = Path.Combine(folder, StudyFolder.KeyName);
        if (!force && File.Exists(known) && File.ReadAllText(known).Trim() != cell.RunKey)
        {
            throw new InputException(
                $"{cell.Name}: {folder} holds unfinished work with other settings, data or program version; pass {new NamedInput("Force")} to throw it away");
        }

        Claim(folder, cell.RunKey);
        RemoveStillborn(Path.Combine(folder, "run"));
    }

    /// <summary>Makes a folder that belongs to a key; what another key left in it is removed.</summary>
    public static void Claim(string folder, string key)
    {
        Directory.CreateDirectory(folder);
        var known = Path.Combine(folder, StudyFolder.KeyName);
        if (File.Exists(known) && File.ReadAllText(known).Trim() == key) return;
        RemoveContent(folder);
        AtomicFile.WriteText(known, key + "\n");
    }

    /// <summary>Removes a run's folder that was killed before it said what it is: no run would begin in it.</summary>
    public static void RemoveStillborn(string run)
    {
        if (Directory.Exists(run) && !File.Exists(Path.Combine(run, RunFiles.Config))) Directory.Delete(run, recursive: true);
    }

    /// <summary>Removes what only a resumption needs.</summary>
    public static void RemoveCheckpoints(string run)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(run, RunFiles.Checkpoints))) File.Delete(file);
        File.Delete(Path.Combine(run, RunFiles.Latents));
    }

    private static void RemoveContent(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != LockName)) File.Delete(file);
        foreach (var inner in Directory.EnumerateDirectories(folder)) Directory.Delete(inner, recursive: true);
    }
}

/// <summary>Trained autoencoders that cells share, each trained by the first cell that needs it.</summary>
internal sealed class AutoencoderShelf(StudyContext context)
{
    /// <summary>Whether a cell would have to wait for another process that trains its autoencoder.</summary>
    public bool IsBusy(StudyCell cell) => FileLock.IsHeld(context.AutoencoderLock(cell));

    /// <summary>Whether a cell's autoencoder is there.</summary>
    public bool IsFinished(StudyCell cell) => IsFinished(context.AutoencoderOf(cell));

    /// <summary>The run that holds a cell's autoencoder, trained to its end.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="data">The dataset that it trains on.</param>
    /// <param name="cancellation">Interrupts it; the training goes on later.</param>
    public string Get(StudyCell cell, string data, CancellationToken cancellation)
    {
        var folder = context.AutoencoderOf(cell);
        using var mine = FileLock.Take(
            context.AutoencoderLock(cell), cancellation,
            () => context.Announce?.Invoke($"{cell.Name}: waits for its autoencoder, which another process trains"));
        if (IsFinished(folder)) return folder;
        CellFolders.RemoveStillborn(folder);
        var request = new TrainingRequest { Dataset = data, Output = folder, Resume = true, Stage = TrainingStage.Autoencoder };
        new TrainingRun(context.Here(ConfigIn(folder) ?? cell.AutoencoderConfig), request) { Announce = context.Announce }.Execute(
            context.Progress, cancellation);
        return folder;
    }

    /// <summary>Puts the latents that a cell has encoded beside the autoencoder: the cells after it take both.</summary>
    public void KeepLatents(StudyCell cell)
    {
        using var mine = FileLock.TryTake(context.AutoencoderLock(cell));
        if (mine is null) return;
        using var shelf = RunFolder.Open(context.AutoencoderOf(cell));
        using var run = RunFolder.Open(context.RunOf(cell));
        if (!File.Exists(shelf.Latents)) AtomicFile.Copy(run.Latents, shelf.Latents);
    }

    // The reconstruction is measured last, after the weights are written.
    private static bool IsFinished(string folder) => File.Exists(Path.Combine(folder, RunFiles.ReconstructionQuality));

    // It may have been begun by a cell whose denoiser differs, which a run's folder would not go on with.
    private static RunConfig? ConfigIn(string folder)
    {
        var path = Path.Combine(folder, RunFiles.Config);
        return File.Exists(path) ? RunConfigReader.FromFile(path) : null;
    }
}
