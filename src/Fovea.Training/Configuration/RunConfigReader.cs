using Fovea.Core.Errors;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;

namespace Fovea.Training.Configuration;

/// <summary>Reads a run's configuration from TOML and checks every rule before anything is computed.</summary>
public static class RunConfigReader
{
    /// <summary>The setting that turns mirroring off.</summary>
    public const string FlipKey = "augmentation.flip";

    /// <summary>The setting of what convolutions compute in.</summary>
    public const string PrecisionKey = "precision";

    internal const int MostSteps = 99_999_999; // what the eight digits in checkpoint names hold
    private static readonly string[] Schedules = ["linear", "scaled-linear", "cosine"];
    private static readonly string[] Predictions = ["epsilon", "v", "sample"];
    private static readonly string[] Samplers = ["ddpm", "ddim", "dpm-solver++"];

    /// <summary>Reads a file. Throws <see cref="InputException"/> for whatever is wrong with it.</summary>
    public static RunConfig FromFile(string path, IEnumerable<string>? overrides = null)
    {
        try
        {
            return FromToml(File.ReadAllText(path), path, Path.GetDirectoryName(path) ?? "", overrides);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such configuration file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: the configuration cannot be read ({e.Message})", e);
        }
    }

    /// <summary>Reads TOML text; <paramref name="source"/> names it in messages. Files that it names start from the working folder.</summary>
    public static RunConfig FromToml(string toml, string source, IEnumerable<string>? overrides = null) =>
        FromToml(toml, source, "", overrides);

    private static RunConfig FromToml(string toml, string source, string folder, IEnumerable<string>? overrides)
    {
        var settings = new SettingsReader(toml, source, overrides ?? []);
        var config = new RunConfig
        {
            Name = settings.Text("name", Path.GetFileNameWithoutExtension(source)),
            Size = settings.WholeNumber("size", 64, 16, 1024),
            Seed = settings.WholeNumber("seed", 0, 0, int.MaxValue),
            Threads = settings.WholeNumber("threads", 0, 0, 1024),
            Precision = settings.Text(PrecisionKey, Precisions.Automatic, [.. Precisions.Names]),
            Flip = settings.Flag(FlipKey, true),
            Autoencoder = ReadAutoencoder(settings),
            AutoencoderTraining = ReadAutoencoderTraining(settings),
            Denoiser = ReadDenoiser(settings),
            DenoiserTraining = ReadDenoiserTraining(settings),
            Diffusion = ReadDiffusion(settings),
            Quantum = QuantumSettings.Read(settings, folder),
            Noise = QuantumSettings.ReadNoise(settings),
            Sampling = new SamplingOptions
            {
                Sampler = settings.Text("sampling.sampler", "dpm-solver++", Samplers),
                Steps = settings.WholeNumber("sampling.steps", 25, 1, 10_000),
                Guidance = settings.Real("sampling.guidance", 1, 0, 100),
            },
            Run = new RunOptions
            {
                CheckpointEvery = settings.WholeNumber("run.checkpoint_every", 500, 1, MostSteps),
                KeepCheckpoints = settings.WholeNumber("run.keep_checkpoints", 2, 1, 1000),
                LogEvery = settings.WholeNumber("run.log_every", 10, 1, MostSteps),
                GridEvery = settings.WholeNumber("run.grid_every", 1000, 1, MostSteps),
            },
            Settings = settings.Resolved,
        };
        settings.RequireAllKnown();
        Check(config, settings);
        return config;
    }

    private static AutoencoderOptions ReadAutoencoder(SettingsReader settings) => new()
    {
        LatentChannels = settings.WholeNumber("autoencoder.latent_channels", 4, 1, 64),
        Channels = settings.WholeList("autoencoder.channels", [48, 96], 4, 1024, 6),
        Blocks = settings.WholeNumber("autoencoder.blocks", 1, 1, 8),
        Patch = settings.WholeNumber("autoencoder.patch", 2, 1, 4),
    };

    private static AutoencoderTrainingOptions ReadAutoencoderTraining(SettingsReader settings) => new()
    {
        Steps = settings.WholeNumber("autoencoder.training.steps", 2000, 1, MostSteps),
        Batch = settings.WholeNumber("autoencoder.training.batch", 32, 1, 4096),
        LearningRate = settings.Real("autoencoder.training.learning_rate", 1e-3, 1e-8, 1),
        CircuitRate = settings.Real("autoencoder.training.circuit_rate", 0, 0, 10),
        Warmup = settings.WholeNumber("autoencoder.training.warmup", 100, 0, MostSteps),
        KlWeight = settings.Real("autoencoder.training.kl_weight", 1e-4, 0, 1e3),
        GradientWeight = settings.Real("autoencoder.training.gradient_weight", 1, 0, 1e3),
        StructureWeight = settings.Real("autoencoder.training.structure_weight", 0.2, 0, 1e3),
        DiscriminatorWeight = settings.Real("autoencoder.training.discriminator_weight", 0, 0, 1e3),
        DiscriminatorStart = settings.WholeNumber("autoencoder.training.discriminator_start", 1000, 0, MostSteps),
        EmaDecay = settings.Real("autoencoder.training.ema_decay", 0.995, 0, 0.999999),
    };

    private static DenoiserOptions ReadDenoiser(SettingsReader settings) => new()
    {
        Channels = settings.WholeList("denoiser.channels", [64, 128, 128], 4, 2048, 6),
        Blocks = settings.WholeNumber("denoiser.blocks", 1, 1, 8),
        Attention = settings.WholeList("denoiser.attention", [2, 3], 1, 6, 6),
        ClassConditional = settings.Flag("denoiser.class_conditional", false),
    };

    private static DenoiserTrainingOptions ReadDenoiserTraining(SettingsReader settings) => new()
    {
        Steps = settings.WholeNumber("denoiser.training.steps", 4000, 1, MostSteps),
        Batch = settings.WholeNumber("denoiser.training.batch", 32, 1, 4096),
        LearningRate = settings.Real("denoiser.training.learning_rate", 1e-3, 1e-8, 1),
        CircuitRate = settings.Real("denoiser.training.circuit_rate", 0, 0, 10),
        Warmup = settings.WholeNumber("denoiser.training.warmup", 100, 0, MostSteps),
        EmaDecay = settings.Real("denoiser.training.ema_decay", 0.999, 0, 0.999999),
        MinSnrGamma = settings.Real("denoiser.training.min_snr_gamma", 5, 0, 1000),
        ClassDropout = settings.Real("denoiser.training.class_dropout", 0.1, 0, 1),
    };

    private static DiffusionOptions ReadDiffusion(SettingsReader settings) => new()
    {
        Schedule = settings.Text("diffusion.schedule", "cosine", Schedules),
        Prediction = settings.Text("diffusion.prediction", "v", Predictions),
        Timesteps = settings.WholeNumber("diffusion.timesteps", 1000, 2, 100_000),
        ZeroTerminalSnr = settings.Flag("diffusion.zero_terminal_snr", false),
    };

    private static void Check(RunConfig config, SettingsReader settings)
    {
        if (config.Autoencoder.Patch == 3) throw settings.Broken("autoencoder.patch", "= 3 is not allowed; allowed: 1, 2, 4");
        if (config.Autoencoder.Channels.Count == 0) throw settings.Broken("autoencoder.channels", "is empty; one number a level is needed");
        if (config.Denoiser.Channels.Count == 0) throw settings.Broken("denoiser.channels", "is empty; one number a level is needed");
        var downsampling = config.Autoencoder.Downsampling;
        if (config.Size % downsampling != 0)
            throw settings.Broken("size", $"= {config.Size} is not divisible by the autoencoder's downsampling {downsampling} (autoencoder.patch × 2^(levels − 1))");
        var denoiserFactor = 1 << (config.Denoiser.Channels.Count - 1);
        if (config.LatentSize % denoiserFactor != 0)
            throw settings.Broken("denoiser.channels", $"has {config.Denoiser.Channels.Count} levels, but the latent's side {config.LatentSize} is not divisible by {denoiserFactor}");
        if (config.Denoiser.Channels[0] % 2 != 0)
            throw settings.Broken("denoiser.channels", $"begins with {config.Denoiser.Channels[0]}; the first must be even, for the timestep's cosines and sines");
        QuantumPlaces.RequireExisting($"{settings.Source}: quantum.autoencoder", config.Quantum.Autoencoder, config.Autoencoder.Places);
        QuantumPlaces.RequireExisting($"{settings.Source}: quantum.denoiser", config.Quantum.Denoiser, config.Denoiser.Places);
        QuantumSettings.RequireNoisyLayer(config, settings);
        QuantumSettings.RequireWidth(config, settings);
        if (config.Diffusion is { ZeroTerminalSnr: true, Prediction: "epsilon" })
            throw settings.Broken("diffusion.prediction", "= \"epsilon\" cannot be learned at zero terminal SNR; allowed: v, sample");
    }
}
