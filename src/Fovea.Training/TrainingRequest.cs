namespace Fovea.Training;

/// <summary>What a training run works on.</summary>
public sealed record TrainingRequest
{
    /// <summary>The dataset's folder.</summary>
    public required string Dataset { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to continue the run that is in the folder. It may be told to train to another number of steps.</summary>
    public bool Resume { get; init; }

    /// <summary>One stage only, or null for both.</summary>
    public TrainingStage? Stage { get; init; }

    /// <summary>A run whose trained autoencoder is used instead of training one.</summary>
    public string? Autoencoder { get; init; }

    /// <summary>A run, or <c>pretrained:NAME</c>, whose averaged weights both networks begin with.</summary>
    public string? Init { get; init; }

    /// <summary>Whether the run's page is written at checkpoints and at the end.</summary>
    public bool Report { get; init; }
}

/// <summary>The stages of a training run.</summary>
public enum TrainingStage
{
    /// <summary>The autoencoder.</summary>
    Autoencoder,

    /// <summary>The denoiser, on the latents of a trained autoencoder.</summary>
    Denoiser,
}
