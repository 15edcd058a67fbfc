using Fovea.Torch.Tensors;
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
