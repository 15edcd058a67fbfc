using System.Reflection;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Training.Configuration;
using Fovea.Training.Sampling;

namespace Fovea.Training.Export;

/// <summary>What a program must know to sample with exported networks: <c>model.json</c>.</summary>
public sealed record OnnxModelDescription
{
    private const int FewestSteps = 50;

    /// <summary>Version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the program that exported it.</summary>
    public required string FoveaVersion { get; init; }

    /// <summary>Side of the images in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Channels of the latents.</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Side of the latents.</summary>
    public required int LatentSide { get; init; }

    /// <summary>The factor from the autoencoder's latents to the denoiser's; part of the decoder's graph.</summary>
    public required double LatentScale { get; init; }

    /// <summary>What the denoiser puts out: epsilon, v, sample or flow (<see cref="PredictionKind"/>).</summary>
    public required string Prediction { get; init; }

    /// <summary>Names of the classes by their ids; empty for a denoiser that is not told classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The id of "no class"; null without classes.</summary>
    public required int? NoClass { get; init; }

    /// <summary>Classes of mask in the order of their planes; empty for a denoiser that is not told masks.</summary>
    public required IReadOnlyList<string> Masks { get; init; }

    /// <summary>How to sample.</summary>
    public required OnnxSamplingDescription Sampling { get; init; }

    /// <summary>[timestep]: the factor of the image in the noisy latents.</summary>
    public required IReadOnlyList<double> Alphas { get; init; }

    /// <summary>[timestep]: the factor of the noise.</summary>
    public required IReadOnlyList<double> Sigmas { get; init; }

    internal static OnnxModelDescription Build(TrainedModel model, RunConfig config)
    {
        var schedule = DiffusionProcess.ScheduleOf(config.Diffusion);
        var own = SamplerRegistry.Create(config.Sampling.Sampler, schedule);
        var steps = Math.Min(schedule.Timesteps, Math.Max(FewestSteps, own.ModelCalls(config.Sampling.Steps)));
        var guided = config.Sampling.GuidanceInterval.Timesteps(schedule.Timesteps);
        var hasClasses = model.Denoiser.ClassCount > 0;
        return new OnnxModelDescription
        {
            Name = config.Name,
            FoveaVersion = Version(),
            Size = config.Size,
            LatentChannels = config.Autoencoder.LatentChannels,
            LatentSide = config.LatentSize,
            LatentScale = model.LatentScale,
            Prediction = PredictionKinds.Parse(config.Diffusion.Prediction).ToName(),
            Classes = hasClasses ? model.DenoiserMetadata.ClassNames : [],
            NoClass = hasClasses ? model.Denoiser.ClassCount : null,
            Masks = model.Denoiser.MaskCount > 0 ? model.DenoiserMetadata.MaskNames : [],
            Sampling = new OnnxSamplingDescription(
                "ddim", TimestepSpacing.Trailing.Choose(schedule.Timesteps, steps), config.Sampling.Guidance,
                guided.Least, guided.Most, own.Name, config.Sampling.Steps, config.Sampling.AttentionGuidance),
            Alphas = schedule.Alpha.ToArray(),
            Sigmas = schedule.Sigma.ToArray(),
        };
    }

    internal static string Meaning(string prediction) => PredictionKinds.Parse(prediction) switch
    {
        PredictionKind.Epsilon => "the noise",
        PredictionKind.Velocity => "the velocity v = alpha · noise − sigma · x_0",
        PredictionKind.Flow => "the flow u = noise − x_0",
        _ => "the clean latents x_0",
    };

    private static string Version() =>
        typeof(OnnxModelDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}

/// <summary>How to sample with exported networks.</summary>
/// <param name="Method">The deterministic sampler of the programs beside it.</param>
/// <param name="Timesteps">The timesteps that it visits, from the noisiest on; behind the last there is no noise.</param>
/// <param name="Guidance">Guidance by class that the run samples with.</param>
/// <param name="GuidanceLeast">The least timestep that is guided.</param>
/// <param name="GuidanceMost">The greatest one.</param>
/// <param name="RunSampler">The sampler that <c>fovea sample</c> takes by itself.</param>
/// <param name="RunSteps">Its steps.</param>
/// <param name="RunAttentionGuidance">Its guidance away from the network without attention, which the exported networks cannot do; 0 for none.</param>
public sealed record OnnxSamplingDescription(
    string Method, IReadOnlyList<int> Timesteps, double Guidance, int GuidanceLeast, int GuidanceMost, string RunSampler, int RunSteps,
    double RunAttentionGuidance);
