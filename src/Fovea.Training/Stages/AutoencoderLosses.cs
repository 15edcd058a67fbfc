using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>
/// The autoencoder's reconstruction loss: L1 of the pixels, L1 of the differences between neighbouring pixels (vessel edges count
/// more than flat background), and 1 − SSIM
/// of the values on [−1, 1] as they are (<see cref="StructuralSimilarity.SignedPerImage"/>).
/// </summary>
public sealed class ReconstructionLoss(AutoencoderTrainingOptions options) : IDisposable
{
    private readonly StructuralSimilarity _similarity = new();
    private readonly Scalar _gradientWeight = (float)options.GradientWeight;
    private readonly Scalar _structureWeight = (float)options.StructureWeight;
    private readonly Scalar _minusOne = -1f;
    private readonly Scalar _one = 1f;

    /// <summary>Two batches [batch, 3, side, side] in [−1, 1] → the L1 term alone and the weighted sum, both scalar tensors.</summary>
    public (Tensor PixelLoss, Tensor Total) Evaluate(Tensor reconstruction, Tensor original)
    {
        using var scope = NewDisposeScope();
        var difference = reconstruction.sub(original);
        var pixel = difference.abs().mean();
        var total = pixel;
        if (options.GradientWeight > 0) total = total.Plus(NeighbourDifference(difference).mul(_gradientWeight));
        if (options.StructureWeight > 0)
        {
            var dissimilarity = _similarity.SignedPerImage(reconstruction, original).mean().mul(_minusOne).Plus(_one);
            total = total.Plus(dissimilarity.mul(_structureWeight));
        }

        return (pixel.alias().MoveToOuterDisposeScope(), total.alias().MoveToOuterDisposeScope());
    }

    /// <inheritdoc />
    public void Dispose() => _similarity.Dispose();

    // The gradient is linear: the difference of the gradients is the gradient of the difference.
    private static Tensor NeighbourDifference(Tensor difference)
    {
        var (height, width) = (difference.shape[2], difference.shape[3]);
        var vertical = difference.narrow(2, 1, height - 1).sub(difference.narrow(2, 0, height - 1)).abs().mean();
        var horizontal = difference.narrow(3, 1, width - 1).sub(difference.narrow(3, 0, width - 1)).abs().mean();
        return vertical.Plus(horizontal);
    }
}

/// <summary>
/// A symmetry of pictures that latents are taught to share: some quarter turns, at full or at half size. An autoencoder trained to decode the turned and halved
/// latent to the turned and halved picture has latents without grain that only its decoder understands, which a diffusion model learns faster
/// (Kouzelis et al., EQ-VAE, arXiv 2502.09509; there the sizes are 0.25 to 1, here a half, which a mean over 2 × 2 values gives exactly).
/// </summary>
/// <param name="QuarterTurns">Turns by 90° against the clock, 0 to 3.</param>
/// <param name="Halved">Whether the size is halved.</param>
internal readonly record struct LatentSymmetry(int QuarterTurns, bool Halved)
{
    private const int Turns = 4;

    /// <summary>That of a step: none, but in a share of the steps each of the others as often.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="share">The share of steps, 0 to 1.</param>
    /// <param name="side">The latent's side; an odd one is not halved.</param>
    internal static LatentSymmetry At(int seed, long step, double share, int side)
    {
        var random = RandomStream.LatentSymmetry.At(seed, step);
        if (random.NextDouble() >= share) return default;
        var others = (side % 2 == 0 ? 2 * Turns : Turns) - 1;
        var drawn = 1 + random.NextInt(others);
        return new LatentSymmetry(drawn % Turns, drawn >= Turns);
    }

    /// <summary>Maps [batch, channels, side, side], latents or images → the same, turned, of half the side where it is halved.</summary>
    internal Tensor Apply(Tensor maps)
    {
        if (this == default) return maps;
        using var scope = NewDisposeScope();
        var turned = QuarterTurns == 0 ? maps : maps.rot90(QuarterTurns, (2, 3));
        return (Halved ? nn.functional.avg_pool2d(turned, 2) : turned.contiguous()).MoveToOuterDisposeScope();
    }
}
