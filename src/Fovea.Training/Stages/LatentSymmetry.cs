using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

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
