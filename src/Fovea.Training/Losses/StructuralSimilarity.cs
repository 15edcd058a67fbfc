using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Losses;

/// <summary>
/// Structural similarity with the usual 11-tap Gaussian window (σ = 1.5), K₁ = 0.01, K₂ = 0.03, "valid" borders. Wang et al.,
/// "Image quality assessment: from error visibility to structural similarity", IEEE TIP 2004.
/// </summary>
public sealed class StructuralSimilarity : IDisposable
{
    private const int Taps = 11;
    private const double Deviation = 1.5;
    private const double DataRange = 2; // values in [−1, 1]
    private static readonly Scalar C1 = (float)Math.Pow(0.01 * DataRange, 2);
    private static readonly Scalar C2 = (float)Math.Pow(0.03 * DataRange, 2);
    private static readonly Scalar Two = 2f;
    private readonly Tensor _rows;
    private readonly Tensor _columns;

    /// <summary>Creates the window.</summary>
    public StructuralSimilarity()
    {
        var window = Enumerable.Range(0, Taps).Select(i => (float)Math.Exp(-Math.Pow(i - Taps / 2, 2) / (2 * Deviation * Deviation))).ToArray();
        var sum = window.Sum();
        using var scope = NewDisposeScope();
        var normalized = tensor([.. window.Select(v => v / sum)]);
        _rows = normalized.view(1, 1, Taps, 1).clone().DetachFromDisposeScope();
        _columns = normalized.view(1, 1, 1, Taps).clone().DetachFromDisposeScope();
    }

    /// <summary>Two batches [batch, channels, side, side] in [−1, 1], side ≥ 11 → SSIM of each image [batch].</summary>
    public Tensor PerImage(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (a.shape[0], a.shape[1], a.shape[2], a.shape[3]);
        var stacked = cat([a, b, a.mul(a), b.mul(b), a.mul(b)], 0).reshape(5 * batch * channels, 1, height, width);
        var parts = Blur(stacked).chunk(5, 0);
        var (meanA, meanB) = (parts[0], parts[1]);
        var (meanAA, meanBB, meanAB) = (meanA.mul(meanA), meanB.mul(meanB), meanA.mul(meanB));
        var (varianceA, varianceB, covariance) = (parts[2].sub(meanAA), parts[3].sub(meanBB), parts[4].sub(meanAB));
        var numerator = meanAB.mul(Two).add(C1).mul(covariance.mul(Two).add(C2));
        var denominator = meanAA.add(meanBB).add(C1).mul(varianceA.add(varianceB).add(C2));
        return numerator.div(denominator).view(batch, -1).mean([1]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rows.Dispose();
        _columns.Dispose();
    }

    private Tensor Blur(Tensor images) =>
        nn.functional.conv2d(nn.functional.conv2d(images, _rows), _columns);
}
