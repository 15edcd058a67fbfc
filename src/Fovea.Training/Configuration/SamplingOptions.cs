namespace Fovea.Training.Configuration;

/// <summary>The <c>[sampling]</c> section.</summary>
public sealed record SamplingOptions
{
    /// <summary>Sampler: ddpm, ddim or dpm-solver++.</summary>
    public required string Sampler { get; init; }

    /// <summary>Sampling steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Classifier-free guidance scale; 1 is none.</summary>
    public required double Guidance { get; init; }
}
