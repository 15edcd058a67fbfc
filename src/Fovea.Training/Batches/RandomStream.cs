namespace Fovea.Training.Batches;

/// <summary>
/// What a random number is for. Each purpose has a stream of its own at each step, so a step's randomness is a function of
/// (seed, purpose, step): nothing needs to be stored to resume exactly, and two models of one seed see the same draws.
/// </summary>
internal enum RandomStream
{
    /// <summary>Order of the images in an epoch.</summary>
    DataOrder = 1,

    /// <summary>Horizontal flips.</summary>
    Flips = 2,

    /// <summary>Noise of the autoencoder's posterior.</summary>
    PosteriorNoise = 3,

    /// <summary>Diffusion timesteps.</summary>
    Timesteps = 4,

    /// <summary>Diffusion noise.</summary>
    DiffusionNoise = 5,

    /// <summary>Labels replaced by "no class".</summary>
    ClassDropout = 6,

    /// <summary>Timesteps at which held-out images are measured.</summary>
    HeldOutTimesteps = 7,

    /// <summary>Noise with which they are.</summary>
    HeldOutNoise = 8,
}
