using Fovea.Core.Progress;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>Everything one run of a sampler needs.</summary>
public sealed record SamplingRequest
{
    /// <summary>The denoiser.</summary>
    public required IDenoiser Denoiser { get; init; }

    /// <summary>
    /// The starting point x at the first timestep of the grid, [batch, …], standard normal; left as it is. Take it from
    /// <see cref="INoiseSource.Normal"/> with draw 0 to have images independent of the batch.
    /// </summary>
    public required Tensor InitialNoise { get; init; }

    /// <summary>The noise that stochastic samplers add.</summary>
    public required INoiseSource Noise { get; init; }

    /// <summary>The settings.</summary>
    public SamplerOptions Options { get; init; } = new();

    /// <summary>Told after each step.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Shown the samples after each step.</summary>
    public Action<SamplingStep>? OnStep { get; init; }
}
