namespace Fovea.Training;

/// <summary>The stages of a training run.</summary>
public enum TrainingStage
{
    /// <summary>The autoencoder.</summary>
    Autoencoder,

    /// <summary>The denoiser, on the latents of a trained autoencoder.</summary>
    Denoiser,
}
