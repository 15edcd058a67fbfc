namespace Fovea.Judging.Training;

/// <summary>How a judge is trained.</summary>
public sealed record JudgeOptions
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Images a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Channels of the first layer, a multiple of 8.</summary>
    public int Width { get; init; } = 24;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Seed of weights, order, augmentation and dropout.</summary>
    public int Seed { get; init; }
}
