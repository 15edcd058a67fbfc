using Fovea.Core.Files;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Study.Cells;

/// <summary>Trained autoencoders that cells share, each trained by the first cell that needs it.</summary>
internal sealed class AutoencoderShelf(CellContext context)
{
    /// <summary>Whether a cell would have to wait for another process that trains its autoencoder.</summary>
    public bool IsBusy(StudyCell cell)
    {
        if (!File.Exists(context.AutoencoderLock(cell))) return false;
        using var taken = FileLock.TryTake(context.AutoencoderLock(cell));
        return taken is null;
    }

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
            context.AutoencoderLock(cell), cancellation, () => context.Announce?.Invoke($"{cell.Name}: waits for its autoencoder, which another process trains"));
        if (IsFinished(folder)) return folder;
        CellFolders.RemoveStillborn(folder);
        var request = new TrainingRequest { Dataset = data, Output = folder, Resume = true, Stage = TrainingStage.Autoencoder };
        new TrainingRun(context.Here(ConfigIn(folder) ?? cell.Config), request) { Announce = context.Announce }.Execute(context.Progress, cancellation);
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
    private static bool IsFinished(string folder) => File.Exists(Path.Combine(folder, "reconstruction.json"));

    // It may have been begun by a cell whose denoiser differs, which a run's folder would not go on with.
    private static RunConfig? ConfigIn(string folder)
    {
        var path = Path.Combine(folder, "config.toml");
        return File.Exists(path) ? RunConfigReader.FromFile(path) : null;
    }
}
