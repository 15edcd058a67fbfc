using System.Buffers;
using Fovea.Imaging.Grids;

namespace Fovea.Metrics.Fundus;

/// <summary>
/// How like a vessel each pixel is: the multi-scale ridge filter of Frangi et al., "Multiscale vessel enhancement filtering", MICCAI
/// 1998, on the inverted green channel. Per scale σ, with eigenvalues |λ₁| ≤ |λ₂| of the Hessian times σ²: 0 where λ₂ ≥ 0, else
/// exp(−(λ₁/λ₂)² / 2β²) · (1 − exp(−(λ₁² + λ₂²) / 2c²)); the largest over scales. β = 0.5. Frangi takes c from each image's strongest
/// response, which would hide that an image is blurred: here it is fixed. The rims of exudates and of the optic disc answer too.
/// </summary>
public static class Vesselness
{
    /// <summary>Blob against line, Frangi's β.</summary>
    public const double Beta = 0.5;

    /// <summary>Structure against noise, Frangi's c, for a green channel of 0 to 1.</summary>
    public const double C = 0.03;

    // A retina of 45° fills the side: vessels have radii of 0.05° to 0.3°, that is 1/900 to 1/150 of it. A ridge answers best
    // at σ near its radius; under 0.7 pixels a sampled Gaussian has no second derivative worth the name.
    private const double SmallestOfSide = 1.0 / 250;
    private const double SmallestPixels = 0.7;
    private static readonly double[] s_steps = [1, 1.5, 2.25];

    /// <summary>The scales σ in pixels for images of a side: max(side / 250, 0.7) times 1, 1.5 and 2.25.</summary>
    public static IReadOnlyList<double> Scales(int side) => [.. s_steps.Select(step => step * Math.Max(side * SmallestOfSide, SmallestPixels))];

    /// <summary>The answer [height, width], 0 to 1; 0 outside the mask.</summary>
    public static double[] Measure(RgbImage image, RetinaMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var side = Math.Min(image.Width, image.Height);
        var scales = Scales(side);
        var inverted = Inverted(image, mask, scales[^1]);
        var answer = new double[inverted.Length];
        var smooth = ArrayPool<double>.Shared.Rent(inverted.Length);
        foreach (var sigma in scales)
        {
            Smoothing.Gaussian(inverted, image.Width, image.Height, sigma, smooth.AsSpan(0, inverted.Length));
            Raise(answer, smooth, mask, sigma * sigma);
        }

        ArrayPool<double>.Shared.Return(smooth);
        return answer;
    }

    /// <summary>1 − green; outside the mask what a blur of the inside continues to, so that the field's edge is no ridge.</summary>
    private static double[] Inverted(RgbImage image, RetinaMask mask, double sigma)
    {
        var green = Channels.Green(image);
        var continued = Smoothing.Masked(green, mask, sigma);
        for (var k = 0; k < green.Length; k++) green[k] = 1 - (mask.Inside[k] ? green[k] : continued[k]);
        return green;
    }

    private static void Raise(double[] answer, double[] smooth, RetinaMask mask, double scale)
    {
        var (width, height) = (mask.Width, mask.Height);
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var k = y * width + x;
                if (!mask.Inside[k]) continue;
                var xx = smooth[k - 1] - 2 * smooth[k] + smooth[k + 1];
                var yy = smooth[k - width] - 2 * smooth[k] + smooth[k + width];
                var xy = (smooth[k - width - 1] - smooth[k - width + 1] - smooth[k + width - 1] + smooth[k + width + 1]) / 4;
                answer[k] = Math.Max(answer[k], Response(scale * xx, scale * yy, scale * xy));
            }
        }
    }

    private static double Response(double xx, double yy, double xy)
    {
        var (middle, half) = ((xx + yy) / 2, double.Hypot((xx - yy) / 2, xy));
        var larger = middle > 0 ? middle + half : middle - half;
        if (larger >= 0) return 0;
        var smaller = middle + half;
        var (ratio, strength) = (smaller / larger, smaller * smaller + larger * larger);
        return Math.Exp(-ratio * ratio / (2 * Beta * Beta)) * (1 - Math.Exp(-strength / (2 * C * C)));
    }
}
