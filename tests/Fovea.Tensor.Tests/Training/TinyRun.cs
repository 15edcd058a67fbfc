using Fovea.Imaging.Phantom;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Training;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training;

/// <summary>A phantom dataset of 24 images of 32 px, and runs on it that take seconds.</summary>
public sealed class TinyRun : IDisposable
{
    internal const int Steps = 6;

    private const string Toml = """
        name = "tiny"
        size = 32
        seed = 3
        threads = 1
        [autoencoder]
        latent_channels = 2
        channels = [8, 8]
        patch = 2
        [autoencoder.training]
        steps = 6
        batch = 5
        learning_rate = 2e-3
        warmup = 2
        ema_decay = 0.9
        [denoiser]
        channels = [8, 8]
        attention = [2]
        class_conditional = true
        [denoiser.training]
        steps = 6
        batch = 5
        learning_rate = 2e-3
        warmup = 2
        ema_decay = 0.9
        class_dropout = 0.3
        [diffusion]
        timesteps = 50
        [quantum]
        qubits = 4
        layers = 2
        [sampling]
        sampler = "ddim"
        steps = 2
        [run]
        checkpoint_every = 2
        log_every = 1
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _finished = [];
    private int _runs;

    public TinyRun() => Dataset = WriteDataset(seed: 1);

    /// <summary>The dataset's folder.</summary>
    internal string Dataset { get; }

    internal static RunConfig Config(params string[] overrides) => RunConfigReader.FromToml(Toml, "tiny.toml", overrides);

    /// <summary>One thread of the CPU.</summary>
    internal static ComputeContext Compute(RunConfig config) => ComputeContext.Start(1, "cpu", config.Precision);

    internal string NewFolder() => _folder.File("run" + _runs++);

    internal string WriteDataset(ulong seed, int size = 32)
    {
        var folder = _folder.File($"data-{seed}-{size}");
        PhantomDataset.Write(new PhantomOptions { Folder = folder, Count = 24, Size = size, Seed = seed, Threads = 1 });
        return folder;
    }

    /// <summary>Trains into a folder, the given one or a new one, and returns it.</summary>
    internal string Train(
        RunConfig config, string? folder = null, bool resume = false, TrainingStage? stage = null, string? autoencoder = null,
        Interruption? interruption = null, string? init = null, bool report = false, Action<string>? announce = null)
    {
        var output = folder ?? NewFolder();
        var request = new TrainingRequest
        {
            Dataset = Dataset,
            Output = output,
            Resume = resume,
            Stage = stage,
            Autoencoder = autoencoder,
            Init = init,
            Report = report,
        };
        new TrainingRun(config, request) { Announce = announce }.Execute(interruption, interruption?.Token ?? TestContext.Current.CancellationToken);
        return output;
    }

    /// <summary>A run that was trained to its end without interruption; made once for each set of overrides.</summary>
    internal string Finished(params string[] overrides)
    {
        var key = string.Join(' ', overrides);
        if (!_finished.TryGetValue(key, out var folder)) _finished[key] = folder = Train(Config(overrides));
        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
