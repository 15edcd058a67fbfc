namespace Fovea.Judging.Features.Fundus;

/// <summary>How FundusNet is trained.</summary>
public sealed record FundusOptions
{
    /// <summary>Optimizer steps.</summary>
    public int Steps { get; init; } = 5000;

    /// <summary>Images a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Channels of the first layer, a multiple of 8.</summary>
    public int Width { get; init; } = 24;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Seed of weights, order and augmentation.</summary>
    public int Seed { get; init; }
}
