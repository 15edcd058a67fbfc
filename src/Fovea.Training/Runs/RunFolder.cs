using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;

namespace Fovea.Training.Runs;

/// <summary>Names of files and folders in a run's folder, for those who look at one without opening it.</summary>
public static class RunFiles
{
    /// <summary>The resolved configuration.</summary>
    public const string Config = "config.toml";

    /// <summary>What the run was trained on.</summary>
    public const string Data = "data.json";

    /// <summary>One JSON object a logged step.</summary>
    public const string Metrics = "metrics.jsonl";

    /// <summary>The folder of checkpoints.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>The autoencoder's averaged weights.</summary>
    public const string Autoencoder = "autoencoder.safetensors";

    /// <summary>The denoiser's averaged weights.</summary>
    public const string Denoiser = "denoiser.safetensors";

    /// <summary>Latents of the training images.</summary>
    public const string Latents = "latents.safetensors";

    /// <summary>How well the autoencoder reconstructs held-out images; written last.</summary>
    public const string ReconstructionQuality = "reconstruction.json";
}

/// <summary>The layout of a run's folder. One process at a time may train in it.</summary>
public sealed class RunFolder : IDisposable
{
    private static readonly string[] Beginnings = [".lock", RunFiles.Checkpoints, RunFiles.Config, RunFiles.Data, "noise-profile.toml", "init"];
    private FileLock? _lock;

    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string Config => In(RunFiles.Config);

    /// <summary>The schedules of its stages; only there when a stage was told to train to another step than the one it began with.</summary>
    public string Segments => In("segments.json");

    /// <summary>The page that shows the run.</summary>
    public string Report => In("report.html");

    /// <summary>The weights that the run began with; only there when it began with another run's.</summary>
    public string InitialWeights => InitialWeightsOf(Path);

    /// <summary>Where a run in a folder has the weights that it began with, whether it is there or not.</summary>
    internal static string InitialWeightsOf(string folder) => System.IO.Path.Combine(folder, "init");

    /// <summary>What the run was trained on.</summary>
    public string Data => In(RunFiles.Data);

    /// <summary>The device that the run is trained under the noise of; only there with such a setting.</summary>
    public string NoiseProfile => In("noise-profile.toml");

    /// <summary>The autoencoder's averaged weights.</summary>
    public string Autoencoder => In(RunFiles.Autoencoder);

    /// <summary>How well the autoencoder reconstructs held-out images.</summary>
    public string ReconstructionQuality => In(RunFiles.ReconstructionQuality);

    /// <summary>The denoiser's averaged weights.</summary>
    public string Denoiser => In(RunFiles.Denoiser);

    /// <summary>Latents of the training images.</summary>
    public string Latents => In(RunFiles.Latents);

    /// <summary>One JSON object a logged step.</summary>
    public string Metrics => In(RunFiles.Metrics);

    /// <summary>Checkpoints of both stages.</summary>
    public string Checkpoints => In(RunFiles.Checkpoints);

    /// <summary>TensorBoard event files.</summary>
    public string TensorBoard => In("tensorboard");

    /// <summary>Sample grids.</summary>
    public string Samples => In("samples");

    /// <summary>Reconstruction grids.</summary>
    public string Reconstructions => In("reconstructions");

    /// <summary>Whether a process trains in it now.</summary>
    public bool IsInTraining => FileLock.IsHeld(LockFile);

    private string LockFile => In(".lock");

    /// <summary>What changed about the schedules of its stages when it was opened for training, in a line each.</summary>
    public IReadOnlyList<string> Changes { get; private set; } = [];

    /// <summary>
    /// Starts what a training computes with. The device and the precision that the configuration leaves to the machine are those of the run that is resumed,
    /// else
    /// what is best here. A run whose configuration names none is of before there was a choice: float32 on the CPU.
    /// </summary>
    /// <param name="path">The run's folder, which need not exist.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="resume">Whether to go on with what is there.</param>
    /// <exception cref="InputException">The run that is to be resumed is damaged, or this machine lacks what is asked for.</exception>
    public static ComputeContext StartCompute(string path, RunConfig config, bool resume)
    {
        ArgumentNullException.ThrowIfNull(config);
        var file = new RunFolder(path).Config;
        var isOpen = config.Precision == Precisions.Automatic || config.Device == ComputeDevices.Automatic;
        var earlier = resume && isOpen && File.Exists(file) ? ReadWhole(file) : null;
        var precision = config.Precision == Precisions.Automatic ? earlier?.Precision ?? config.Precision : config.Precision;
        var device = config.Device == ComputeDevices.Automatic ? earlier?.Device ?? config.Device : config.Device;
        try
        {
            return ComputeContext.Start(config.Threads, device, precision);
        }
        catch (InputException e) when (device != config.Device)
        {
            throw new InputException($"{path}: is resumed on what it was begun on; {e}", e);
        }
    }

    /// <summary>Creates a run folder for training and writes the configuration, or opens the one to resume.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="config">The configuration; a run is resumed with one that differs in what does not matter to the weights, or in steps.</param>
    /// <param name="resume">Whether to go on with what is there.</param>
    /// <param name="prepare">Looks at the locked folder, and adds to it, before the configuration is written; what it throws leaves a run as it was.</param>
    /// <exception cref="InputException">
    /// The folder is not empty and is not to be resumed, is no run, was trained with other settings, or is in use.
    /// </exception>
    public static RunFolder ForTraining(string path, RunConfig config, bool resume, Action<RunFolder>? prepare = null)
    {
        // What is left to the machine is decided before it is written down.
        if (config.Precision == Precisions.Automatic || config.Device is not ("cpu" or "cuda")) config = config.With(StartCompute(path, config, resume));
        RunConfig? earlier = null;
        var folder = Prepare(
            path, config.ToToml(), resume,
            file => config.DifferenceFrom(earlier = ReadWhole(file), RunExtension.Settings),
            opened =>
            {
                prepare?.Invoke(opened);
                if (earlier is not null) opened.Extend(earlier, config);
            });
        foreach (var part in new[] { folder.Samples, folder.Reconstructions }) Directory.CreateDirectory(part);
        return folder;
    }

    /// <summary>As the other overload, for a training with settings of its own.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="settings">The settings as TOML; a run is resumed with equal ones only.</param>
    /// <param name="resume">Whether to go on with what is there.</param>
    /// <exception cref="InputException">As of the other overload.</exception>
    public static RunFolder ForTraining(string path, string settings, bool resume) =>
        Prepare(path, settings, resume, earlier => File.ReadAllText(earlier) == settings ? null : $"those are in {earlier}", _ => { });

    private static RunFolder Prepare(string path, string settings, bool resume, Func<string, string?> differenceFrom, Action<RunFolder> prepare)
    {
        var folder = new RunFolder(path);
        var exists = File.Exists(folder.Config);
        if (!resume || (!exists && !IsBeginning(path)))
        {
            if (exists) OutputFolder.Prepare(path, force: false, $"pass {new NamedInput("Resume")} to continue the run, or choose another folder");
            else OutputFolder.Prepare(path, force: false, $"choose another folder");
        }

        folder.TakeLock();
        try
        {
            if (exists && differenceFrom(folder.Config) is { } difference)
                throw new InputException($"{path}: cannot be resumed with other settings than it was started with ({difference})");
            Directory.CreateDirectory(folder.Checkpoints);
            prepare(folder);
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

    /// <summary>The schedule of a stage, which the configuration that the folder was opened with gives <paramref name="steps"/>.</summary>
    /// <exception cref="InputException">The record of schedules is damaged.</exception>
    public StageSchedule ScheduleOf(string stage, int steps) => ScheduleFile.Read(Segments, stage, steps);

    /// <inheritdoc />
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    // What a process leaves that was killed before it wrote the configuration.
    private static bool IsBeginning(string path) =>
        Directory.Exists(path)
        && Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName).All(
            name => Beginnings.Contains(name!.Replace(".partial", "", StringComparison.Ordinal)))
        && !(Directory.Exists(System.IO.Path.Combine(path, "checkpoints"))
            && Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(path, "checkpoints")).Any());

    private void Extend(RunConfig earlier, RunConfig config)
    {
        var (schedules, changes) = RunExtension.Plan(this, earlier, config);
        Changes = changes;
        if (changes.Count > 0 || File.Exists(Segments)) ScheduleFile.Write(Segments, schedules);
    }

    // The sections stand in one order: without the last, the file was cut, and settings that are missing would be taken for the defaults.
    private static RunConfig ReadWhole(string path)
    {
        var config = RunConfigReader.FromFile(path);
        return File.ReadAllText(path).Contains("\n[run]\n", StringComparison.Ordinal)
            ? config
                .WithPrecision(config.Precision == Precisions.Automatic ? Precision.Full.Name() : config.Precision)
                .WithDevice(config.Device == ComputeDevices.Automatic ? "cpu" : config.Device)
            : throw new InputException(
                $"{path}: is cut: its last section, [run], is missing; write the settings that the run was started with there, "
                    + $"or choose another {new NamedInput("Output")}");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private void TakeLock() =>
        _lock ??= FileLock.TryTake(LockFile) ?? throw new InputException($"{Path}: another process is training in this run folder");
}
