namespace Fovea.Training.Stages;

/// <summary>What is stored with a denoiser's weights.</summary>
public sealed record DenoiserFacts
{
    /// <summary>Training steps done.</summary>
    public long Steps { get; init; }

    /// <summary>Names of the dataset's classes, in label order.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Training images of each class; empty when not known, as of weights that earlier versions stored.</summary>
    public IReadOnlyList<int> ClassImages { get; init; } = [];
}
