namespace Fovea.Training;

/// <summary>What a training run works on.</summary>
public sealed record TrainingRequest
{
    /// <summary>The dataset's folder.</summary>
    public required string Dataset { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to continue the run that is in the folder.</summary>
    public bool Resume { get; init; }

    /// <summary>One stage only, or null for both.</summary>
    public TrainingStage? Stage { get; init; }

    /// <summary>A run whose trained autoencoder is used instead of training one.</summary>
    public string? Autoencoder { get; init; }
}
