using Fovea.Models.Autoencoders;
using Fovea.Training.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Sampling;

/// <summary>Turns latents of the diffusion process back into pictures.</summary>
/// <param name="model">The autoencoder.</param>
/// <param name="latentScale">The factor that its latents were multiplied by.</param>
public sealed class LatentDecoder(Autoencoder model, double latentScale)
{
    private readonly Scalar _inverseScale = (float)(1 / latentScale);

    /// <summary>Scaled latents [batch, latentChannels, height, width] → each image as rows of 8-bit RGB pixels.</summary>
    public byte[][] ToPixels(Tensor latents)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return ImageTensors.ToPixels(model.Decode(latents.mul(_inverseScale)));
    }
}
