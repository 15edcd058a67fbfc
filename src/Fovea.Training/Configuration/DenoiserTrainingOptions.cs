namespace Fovea.Training.Configuration;

/// <summary>The <c>[denoiser.training]</c> section.</summary>
public sealed record DenoiserTrainingOptions
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Latents a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The learning rate after warm-up; it falls along a half cosine to a tenth.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Steps of linear warm-up.</summary>
    public required int Warmup { get; init; }

    /// <summary>Decay of the moving average of the weights.</summary>
    public required double EmaDecay { get; init; }

    /// <summary>γ of the min-SNR weighting; 0 weights all timesteps alike.</summary>
    public required double MinSnrGamma { get; init; }

    /// <summary>Share of labels replaced by "no class", for classifier-free guidance.</summary>
    public required double ClassDropout { get; init; }
}
