using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Training.Configuration;
using Fovea.Training.Pretrained;

namespace Fovea.Training.Runs;

/// <summary>The layout of a run's folder. One process at a time may train in it.</summary>
public sealed class RunFolder : IDisposable
{
    private FileStream? _lock;

    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string Config => In("config.toml");

    /// <summary>What the run was trained on.</summary>
    public string Data => In("data.json");

    /// <summary>The device that the run is trained under the noise of; only there with such a setting.</summary>
    public string NoiseProfile => In("noise-profile.toml");

    /// <summary>The autoencoder's averaged weights.</summary>
    public string Autoencoder => In("autoencoder.safetensors");

    /// <summary>How well the autoencoder reconstructs held-out images.</summary>
    public string ReconstructionQuality => In("reconstruction.json");

    /// <summary>The denoiser's averaged weights.</summary>
    public string Denoiser => In("denoiser.safetensors");

    /// <summary>Latents of the training images.</summary>
    public string Latents => In("latents.safetensors");

    /// <summary>One JSON object a logged step.</summary>
    public string Metrics => In("metrics.jsonl");

    /// <summary>Checkpoints of both stages.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>TensorBoard event files.</summary>
    public string TensorBoard => In("tensorboard");

    /// <summary>Sample grids.</summary>
    public string Samples => In("samples");

    /// <summary>Reconstruction grids.</summary>
    public string Reconstructions => In("reconstructions");

    /// <summary>Creates a run folder for training and writes the configuration, or opens the one to resume.</summary>
    /// <exception cref="InputException">
    /// The folder is not empty and is not to be resumed, is no run, was trained with other settings, or is in use.
    /// </exception>
    public static RunFolder ForTraining(string path, RunConfig config, bool resume)
    {
        var folder = Prepare(path, config.ToToml(), resume, earlier => config.DifferenceFrom(RunConfigReader.FromFile(earlier)));
        foreach (var part in new[] { folder.Samples, folder.Reconstructions }) Directory.CreateDirectory(part);
        return folder;
    }

    /// <summary>As the other overload, for a training with settings of its own.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="settings">The settings as TOML; a run is resumed with equal ones only.</param>
    /// <param name="resume">Whether to go on with what is there.</param>
    /// <exception cref="InputException">As of the other overload.</exception>
    public static RunFolder ForTraining(string path, string settings, bool resume) =>
        Prepare(path, settings, resume, earlier => File.ReadAllText(earlier) == settings ? null : $"those are in {earlier}");

    private static RunFolder Prepare(string path, string settings, bool resume, Func<string, string?> differenceFrom)
    {
        var folder = new RunFolder(path);
        var exists = File.Exists(folder.Config);
        if (!exists || !resume)
            OutputFolder.Prepare(path, force: false, exists ? "pass --resume to continue the run, or choose another folder" : "choose another folder");
        folder.TakeLock();
        try
        {
            if (exists && differenceFrom(folder.Config) is { } difference)
                throw new InputException($"{path}: cannot be resumed with other settings than it was started with ({difference})");
            Directory.CreateDirectory(folder.Checkpoints);
            AtomicFile.WriteText(folder.Config, settings);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Opens a finished, running or pretrained run for reading. Throws <see cref="InputException"/> when the folder is no run.</summary>
    /// <param name="run">The folder, or <c>pretrained:NAME</c>.</param>
    public static RunFolder Open(string run)
    {
        var path = PretrainedModels.FolderOf(run);
        if (!Directory.Exists(path)) throw new InputException($"{path}: no such run folder");
        var folder = new RunFolder(path);
        if (!File.Exists(folder.Config)) throw new InputException($"{path}: is not a run folder (it has no config.toml)");
        return folder;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private void TakeLock()
    {
        try
        {
            _lock = new FileStream(In(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new InputException($"{Path}: another process is training in this run folder", e);
        }
    }
}
