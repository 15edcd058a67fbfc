namespace Fovea.Training.Configuration;

/// <summary>The <c>[autoencoder.training]</c> section.</summary>
public sealed record AutoencoderTrainingOptions
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Images a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The learning rate after warm-up; it falls along a half cosine to a tenth.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Steps of linear warm-up.</summary>
    public required int Warmup { get; init; }

    /// <summary>Weight of the Kullback-Leibler term (nats a latent value).</summary>
    public required double KlWeight { get; init; }

    /// <summary>Weight of the L1 difference of image gradients.</summary>
    public required double GradientWeight { get; init; }

    /// <summary>Weight of 1 − SSIM.</summary>
    public required double StructureWeight { get; init; }

    /// <summary>Weight of the patch discriminator's term; 0 trains without one.</summary>
    public required double DiscriminatorWeight { get; init; }

    /// <summary>Step at which the discriminator's term begins.</summary>
    public required int DiscriminatorStart { get; init; }

    /// <summary>Decay of the moving average of the weights.</summary>
    public required double EmaDecay { get; init; }
}
