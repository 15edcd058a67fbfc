using Fovea.Core.Random;
using static TorchSharp.torch;

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

    /// <summary>Turned and halved latents of the autoencoder's training.</summary>
    LatentSymmetry = 9,

    /// <summary>Masks that are not told.</summary>
    MaskDropout = 10,
}

/// <summary>Makes the generator of a purpose at a step.</summary>
internal static class RandomStreams
{
    private const int PurposeShift = 48;

    internal static CounterRandom At(this RandomStream purpose, int seed, long step) =>
        new((ulong)seed, ((ulong)purpose << PurposeShift) | (ulong)step);

    /// <summary>Standard normal numbers of a purpose at a step, as a float32 tensor on a device.</summary>
    internal static Tensor NormalAt(this RandomStream purpose, int seed, long step, long[] shape, Device device)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        purpose.At(seed, step).FillNormal(values);
        return tensor(values, shape, device: device);
    }
}
