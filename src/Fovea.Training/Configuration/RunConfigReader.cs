using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Schedules;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;

namespace Fovea.Training.Configuration;

/// <summary>Reads a run's configuration from TOML, as <see cref="RunSettings"/> declares it, and checks every rule before anything is computed.</summary>
public static class RunConfigReader
{
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
            throw new InputException($"{path}: the configuration cannot be read ({FileProblem.Of(path, e)})", e);
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
            Name = GeneralSettings.Name.Read(settings, Path.GetFileNameWithoutExtension(source)),
            Size = GeneralSettings.Size.Read(settings),
            Seed = GeneralSettings.Seed.Read(settings),
            Threads = GeneralSettings.Threads.Read(settings),
            Precision = GeneralSettings.Precision.Read(settings),
            Device = GeneralSettings.Device.Read(settings),
            Flip = GeneralSettings.Flip.Read(settings),
            Autoencoder = ReadAutoencoder(settings),
            AutoencoderTraining = ReadAutoencoderTraining(settings),
            Denoiser = ReadDenoiser(settings),
            DenoiserTraining = ReadDenoiserTraining(settings),
            Diffusion = ReadDiffusion(settings),
            Quantum = QuantumSettings.Read(settings, folder),
            Noise = QuantumSettings.ReadNoise(settings),
            Sampling = new SamplingOptions
            {
                Sampler = SamplingSettings.Sampler.Read(settings),
                Steps = SamplingSettings.Steps.Read(settings),
                Guidance = SamplingSettings.Guidance.Read(settings),
                GuidanceInterval = new(SamplingSettings.GuidanceLow.Read(settings), SamplingSettings.GuidanceHigh.Read(settings)),
                AttentionGuidance = SamplingSettings.AttentionGuidance.Read(settings),
                AttentionInterval = new(SamplingSettings.AttentionLow.Read(settings), SamplingSettings.AttentionHigh.Read(settings)),
            },
            Run = new RunOptions
            {
                CheckpointEvery = RecordSettings.CheckpointEvery.Read(settings),
                KeepCheckpoints = RecordSettings.KeepCheckpoints.Read(settings),
                LogEvery = RecordSettings.LogEvery.Read(settings),
                GridEvery = RecordSettings.GridEvery.Read(settings),
            },
            Settings = settings.Resolved,
        };
        settings.RequireAllKnown();
        Check(config, settings);
        return config;
    }

    private static AutoencoderOptions ReadAutoencoder(SettingsReader settings) => new()
    {
        LatentChannels = AutoencoderSettings.LatentChannels.Read(settings),
        Channels = AutoencoderSettings.Channels.Read(settings),
        Blocks = AutoencoderSettings.Blocks.Read(settings),
        Patch = AutoencoderSettings.Patch.Read(settings),
    };

    private static AutoencoderTrainingOptions ReadAutoencoderTraining(SettingsReader settings) => new()
    {
        Steps = AutoencoderSettings.Steps.Read(settings),
        Batch = AutoencoderSettings.Batch.Read(settings),
        LearningRate = AutoencoderSettings.LearningRate.Read(settings),
        CircuitRate = AutoencoderSettings.CircuitRate.Read(settings),
        Optimizer = AutoencoderSettings.Optimizer.Read(settings),
        VectorDecay = AutoencoderSettings.VectorDecay.Read(settings),
        Warmup = AutoencoderSettings.Warmup.Read(settings),
        KlWeight = AutoencoderSettings.KlWeight.Read(settings),
        GradientWeight = AutoencoderSettings.GradientWeight.Read(settings),
        StructureWeight = AutoencoderSettings.StructureWeight.Read(settings),
        DiscriminatorWeight = AutoencoderSettings.DiscriminatorWeight.Read(settings),
        DiscriminatorStart = AutoencoderSettings.DiscriminatorStart.Read(settings),
        DecoderOnly = AutoencoderSettings.DecoderOnly.Read(settings),
        Equivariance = AutoencoderSettings.Equivariance.Read(settings),
        EmaDecay = AutoencoderSettings.EmaDecay.Read(settings),
    };

    private static DenoiserOptions ReadDenoiser(SettingsReader settings) => new()
    {
        Channels = DenoiserSettings.Channels.Read(settings),
        Blocks = DenoiserSettings.Blocks.Read(settings),
        Attention = DenoiserSettings.Attention.Read(settings),
        ClassConditional = DenoiserSettings.ClassConditional.Read(settings),
        MaskConditional = DenoiserSettings.MaskConditional.Read(settings),
    };

    private static DenoiserTrainingOptions ReadDenoiserTraining(SettingsReader settings) => new()
    {
        Steps = DenoiserSettings.Steps.Read(settings),
        Convergence = DenoiserSettings.Convergence.Read(settings),
        Patience = DenoiserSettings.Patience.Read(settings),
        Batch = DenoiserSettings.Batch.Read(settings),
        LearningRate = DenoiserSettings.LearningRate.Read(settings),
        CircuitRate = DenoiserSettings.CircuitRate.Read(settings),
        Optimizer = DenoiserSettings.Optimizer.Read(settings),
        VectorDecay = DenoiserSettings.VectorDecay.Read(settings),
        Warmup = DenoiserSettings.Warmup.Read(settings),
        EmaDecay = DenoiserSettings.EmaDecay.Read(settings),
        MinSnrGamma = DenoiserSettings.MinSnrGamma.Read(settings),
        TimestepDensity = DenoiserSettings.TimestepDensity.Read(settings),
        ClassDropout = DenoiserSettings.ClassDropout.Read(settings),
    };

    private static DiffusionOptions ReadDiffusion(SettingsReader settings) => new()
    {
        Schedule = DiffusionSettings.Schedule.Read(settings),
        Prediction = DiffusionSettings.Prediction.Read(settings),
        Timesteps = DiffusionSettings.Timesteps.Read(settings),
        ZeroTerminalSnr = DiffusionSettings.ZeroTerminalSnr.Read(settings),
    };

    private static void RequireInterval(SettingsReader settings, Setting<double> low, Setting<double> high, TimeInterval interval)
    {
        if (!interval.IsValid) throw settings.Broken(low.Key, FormattableString.Invariant($"= {interval.Low} is above {high.Key} = {interval.High}"));
    }

    private static void Check(RunConfig config, SettingsReader settings)
    {
        if (config.Autoencoder.Channels.Count == 0) throw settings.Broken(AutoencoderSettings.Channels.Key, "is empty; one number a level is needed");
        if (config.Denoiser.Channels.Count == 0) throw settings.Broken(DenoiserSettings.Channels.Key, "is empty; one number a level is needed");
        var downsampling = config.Autoencoder.Downsampling;
        if (config.Size % downsampling != 0)
        {
            throw settings.Broken(
                GeneralSettings.Size.Key,
                $"= {config.Size} is not divisible by the autoencoder's downsampling {downsampling} "
                    + $"(autoencoder.patch × 2^(levels − 1))");
        }

        var denoiserFactor = 1 << (config.Denoiser.Channels.Count - 1);
        if (config.LatentSize % denoiserFactor != 0)
        {
            throw settings.Broken(
                DenoiserSettings.Channels.Key,
                $"has {config.Denoiser.Channels.Count} levels, but the latent's side {config.LatentSize} is not divisible "
                    + $"by {denoiserFactor}");
        }

        if (config.Denoiser.Channels[0] % 2 != 0)
        {
            throw settings.Broken(
                DenoiserSettings.Channels.Key, $"begins with {config.Denoiser.Channels[0]}; the first must be even, for the timestep's cosines and sines");
        }

        QuantumPlaces.RequireExisting($"{settings.Source}: {CircuitSettings.Autoencoder.Key}", config.Quantum.Autoencoder, config.Autoencoder.Places);
        QuantumPlaces.RequireExisting($"{settings.Source}: {CircuitSettings.Denoiser.Key}", config.Quantum.Denoiser, config.Denoiser.Places);
        QuantumSettings.RequireNoisyLayer(config, settings);
        QuantumSettings.RequireWidth(config, settings);
        QuantumSettings.RequireMixer(config, settings);
        // Images are halved now and then for the equivariance of latents.
        var least = config.AutoencoderTraining.StructureWeight == 0 ? 1 : config.AutoencoderTraining.Equivariance > 0 ? 22 : 11;
        if (config.Size < least)
        {
            throw settings.Broken(
                GeneralSettings.Size.Key,
                $"= {config.Size} is below {least}, which {AutoencoderSettings.StructureWeight.Key} > 0 needs"
                    + (least == 22 ? $" with {AutoencoderSettings.Equivariance.Key} > 0" : ""));
        }

        RequireInterval(settings, SamplingSettings.GuidanceLow, SamplingSettings.GuidanceHigh, config.Sampling.GuidanceInterval);
        RequireInterval(settings, SamplingSettings.AttentionLow, SamplingSettings.AttentionHigh, config.Sampling.AttentionInterval);
        // Both would be found by the first image that is drawn, when the networks are trained.
        if (DiffusionProcess.Describe(config.Diffusion).Problems() is { Count: > 0 } problems)
            throw settings.Broken(DiffusionSettings.Schedule.Key, $"= {SettingsText.Value(config.Diffusion.Schedule)}: {string.Join("; ", problems)}");
        if (config.Sampling.Steps > config.Diffusion.Timesteps)
        {
            throw settings.Broken(
                SamplingSettings.Steps.Key, $"= {config.Sampling.Steps} is above {DiffusionSettings.Timesteps.Key} = {config.Diffusion.Timesteps}");
        }

        var epsilon = PredictionKind.Epsilon.ToName();
        var endsInNoise = config.Diffusion.ZeroTerminalSnr || config.Diffusion.Schedule == ScheduleKind.Rectified.ToName();
        if (endsInNoise && config.Diffusion.Prediction == epsilon)
        {
            var allowed = string.Join(", ", PredictionKinds.Names.Where(name => name != epsilon));
            throw settings.Broken(DiffusionSettings.Prediction.Key, $"= \"{epsilon}\" cannot be learned at zero terminal SNR; allowed: {allowed}");
        }
    }
}
