using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Structural similarity with the usual 11-tap Gaussian window (σ = 1.5), K₁ = 0.01, K₂ = 0.03, "valid" borders. Wang et al.,
/// "Image quality assessment: from error visibility to structural similarity", IEEE TIP 2004. May be used by several threads at once.
/// </summary>
public sealed class StructuralSimilarity : IDisposable
{
    private const int Taps = 11;
    private const double Deviation = 1.5;
    private const double DataRange = 2; // values in [−1, 1]
    private static readonly Scalar C1 = (float)Math.Pow(0.01 * DataRange, 2);
    private static readonly Scalar C2 = (float)Math.Pow(0.03 * DataRange, 2);
    private static readonly Scalar One = 1f;
    private static readonly Scalar Two = 2f;
    private readonly double[] _window;
    private readonly Dictionary<(long Side, DeviceType Device, int Index), Tensor> _blurs = [];

    /// <summary>Creates the window.</summary>
    public StructuralSimilarity()
    {
        _window = [.. Enumerable.Range(0, Taps).Select(i => Math.Exp(-Math.Pow(i - Taps / 2, 2) / (2 * Deviation * Deviation)))];
        var sum = _window.Sum();
        for (var i = 0; i < Taps; i++) _window[i] /= sum;
    }

    /// <summary>
    /// Two batches [batch, channels, side, side] in [−1, 1], side ≥ 11 → SSIM of each image [batch] as published: of the same pixels on [0, 1].
    /// </summary>
    public Tensor PerImage(Tensor a, Tensor b) => PerImage(a, b, isSigned: false);

    /// <summary>
    /// The same with the means of [−1, 1] as they are, so that luminance counts otherwise than published (a middle grey has the mean 0): what
    /// trainings minimise. It is no figure to report, and stays as it is so that trainings can be repeated to the bit.
    /// </summary>
    public Tensor SignedPerImage(Tensor a, Tensor b) => PerImage(a, b, isSigned: true);

    private Tensor PerImage(Tensor a, Tensor b, bool isSigned)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (a.shape[0], a.shape[1], a.shape[2], a.shape[3]);
        var stacked = cat([a, b, a.mul(a), b.mul(b), a.mul(b)], 0).reshape(5 * batch * channels, 1, height, width);
        var parts = Blur(stacked).Parts(5, 0);
        var (meanA, meanB) = (parts[0], parts[1]);
        var (meanAA, meanBB, meanAB) = (meanA.mul(meanA), meanB.mul(meanB), meanA.mul(meanB));
        var (varianceA, varianceB, covariance) = (parts[2].sub(meanAA), parts[3].sub(meanBB), parts[4].sub(meanAB));
        // A shift of all pixels leaves variances as they are. Taken of the signed values they have fewer rounding errors.
        if (!isSigned)
        {
            var (liftedA, liftedB) = (meanA.Plus(One), meanB.Plus(One));
            (meanAA, meanBB, meanAB) = (liftedA.mul(liftedA), liftedB.mul(liftedB), liftedA.mul(liftedB));
        }

        var numerator = meanAB.mul(Two).Plus(C1).mul(covariance.mul(Two).Plus(C2));
        var denominator = meanAA.Plus(meanBB).Plus(C1).mul(varianceA.Plus(varianceB).Plus(C2));
        return numerator.div(denominator).view(batch, -1).mean([1]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var blur in _blurs.Values) blur.Dispose();
    }

    // Along each axis the blur is a product with a banded matrix: far faster here than a convolution with one channel.
    private Tensor Blur(Tensor images) =>
        matmul(matmul(BlurOf(images.shape[2], images.device), images), BlurOf(images.shape[3], images.device).transpose(0, 1));

    /// <summary>The matrix [side − 10, side] that blurs a column of <paramref name="side"/> values.</summary>
    private Tensor BlurOf(long side, Device device)
    {
        // The parts of a batch, each on a thread of its own, share one instance.
        lock (_blurs)
        {
            var key = (side, device.type, device.index);
            return _blurs.TryGetValue(key, out var known) ? known : _blurs[key] = NewBlur(side, device);
        }
    }

    private Tensor NewBlur(long side, Device device)
    {
        var rows = side - Taps + 1;
        var values = new float[rows * side];
        for (var row = 0; row < rows; row++)
        {
            for (var tap = 0; tap < Taps; tap++)
                values[row * side + row + tap] = (float)_window[tap];
        }

        return tensor(values, [rows, side], device: device).DetachFromDisposeScope();
    }
}
