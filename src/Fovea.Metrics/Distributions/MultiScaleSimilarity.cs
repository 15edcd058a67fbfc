using System.Buffers;
using Fovea.Core.Errors;
using Fovea.Imaging.Grids;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// Multi-scale structural similarity of 8-bit images: contrast and structure at each scale, luminance at the coarsest, as a
/// weighted geometric mean. Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality assessment", 2003:
/// Gaussian window of 11 taps (σ = 1.5, whole windows only), K₁ = 0.01, K₂ = 0.03, scales halved by means of 2 × 2. The mean is
/// over the positions of all three channels; a negative mean counts as 0. Images under 176 pixels have fewer than five scales:
/// as many as leave 11 pixels, 3 at 64, the weights of the rest divided by their sum.
/// </summary>
public sealed class MultiScaleSimilarity
{
    /// <summary>The least side of an image in pixels.</summary>
    public const int LeastSide = SimilarityWindow.Taps;

    private static readonly double[] s_weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
    private readonly int _width;
    private readonly int _height;
    private readonly double[] _weights;

    /// <summary>Prepares for images of one size.</summary>
    /// <param name="width">Width in pixels, at least 11.</param>
    /// <param name="height">Height in pixels, at least 11.</param>
    /// <exception cref="InputException">The images are too small.</exception>
    public MultiScaleSimilarity(int width, int height)
    {
        var shorter = Math.Min(width, height);
        if (shorter < SimilarityWindow.Taps)
            throw new InputException($"structural similarity: images of {width}×{height} pixels; at least {SimilarityWindow.Taps} a side are needed");
        (_width, _height) = (width, height);
        var scales = 1;
        while (scales < s_weights.Length && shorter >> scales >= SimilarityWindow.Taps) scales++;
        var sum = s_weights.Take(scales).Sum();
        _weights = [.. s_weights.Take(scales).Select(weight => weight / sum)];
    }

    /// <summary>The weights of the scales in use, finest first; their sum is 1.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>The similarity of two images, 0 to 1; 1 for equal ones.</summary>
    /// <exception cref="InputException">An image has another size.</exception>
    public double Measure(RgbImage first, RgbImage second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        RequireSameSize(first, second);
        if (first.Width != _width || first.Height != _height)
            throw new InputException($"structural similarity: an image of {first.Width}×{first.Height} pixels among those of {_width}×{_height}");
        // Fresh arrays for every pair would cost a quarter of the time.
        var size = 3 * _width * _height;
        var planes = ArrayPool<double>.Shared.Rent(2 * size);
        var a = planes.AsSpan(0, size);
        var b = planes.AsSpan(size, size);
        Split(first, a);
        Split(second, b);
        var product = Product(a, b);
        ArrayPool<double>.Shared.Return(planes);
        return product;
    }

    // The planes of both images; each is halved where it lies.
    private double Product(Span<double> a, Span<double> b)
    {
        var (width, height, size, product) = (_width, _height, _width * _height, 1.0);
        for (var scale = 0; scale < _weights.Length; scale++)
        {
            var last = scale == _weights.Length - 1;
            var mean = 0.0;
            for (var plane = 0; plane < 3; plane++)
                mean += SimilarityWindow.Mean(a.Slice(plane * size, width * height), b.Slice(plane * size, width * height), width, height, last) / 3;
            product *= Math.Pow(Math.Max(mean, 0), _weights[scale]);
            if (last) break;
            for (var plane = 0; plane < 3; plane++)
            {
                Halve(a.Slice(plane * size, width * height), width, height);
                Halve(b.Slice(plane * size, width * height), width, height);
            }

            (width, height) = (width / 2, height / 2);
        }

        return product;
    }

    /// <summary>Throws unless both have one size.</summary>
    internal static void RequireSameSize(RgbImage first, RgbImage second)
    {
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new InputException(
                $"images of {first.Width}×{first.Height} and {second.Width}×{second.Height} pixels cannot be compared: one size is needed");
        }
    }

    /// <summary>Pixels to three planes, [3, height, width].</summary>
    private static void Split(RgbImage image, Span<double> planes)
    {
        var size = image.Width * image.Height;
        for (var k = 0; k < size; k++)
            for (var plane = 0; plane < 3; plane++) planes[(plane * size) + k] = image.Pixels[(k * 3) + plane];
    }

    /// <summary>[height, width] → [height / 2, width / 2] at the beginning of the same memory: nothing is overwritten before it is read.</summary>
    private static void Halve(Span<double> plane, int width, int height)
    {
        var (columns, rows) = (width / 2, height / 2);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var at = 2 * y * width + 2 * x;
                plane[y * columns + x] = (plane[at] + plane[at + 1] + plane[at + width] + plane[at + width + 1]) / 4;
            }
        }
    }
}

/// <summary>
/// Structural similarity of two planes under the Gaussian window of 11 taps. Wang et al., "Image quality assessment: from error
/// visibility to structural similarity", IEEE TIP 2004.
/// </summary>
internal static class SimilarityWindow
{
    public const int Taps = 11;
    private const double Deviation = 1.5;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;
    private static readonly double[] s_window = Window();

    /// <summary>The mean over all whole windows of contrast and structure, times luminance when asked for.</summary>
    public static double Mean(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int width, int height, bool withLuminance)
    {
        var (size, windows) = (width * height, (width - Taps + 1) * (height - Taps + 1));
        // One block for all planes: fresh arrays for each would cost more than the arithmetic.
        var block = ArrayPool<double>.Shared.Rent((2 * size) + (5 * windows));
        var product = block.AsSpan(0, size);
        var down = block.AsSpan(size, size);
        var blurred = block.AsSpan(2 * size, 5 * windows);
        ReadOnlySpan<double> meanA = Blur(a, down, blurred[..windows], width, height);
        ReadOnlySpan<double> meanB = Blur(b, down, blurred[windows..(2 * windows)], width, height);
        ReadOnlySpan<double> squareA = Blur(Times(a, a, product), down, blurred[(2 * windows)..(3 * windows)], width, height);
        ReadOnlySpan<double> squareB = Blur(Times(b, b, product), down, blurred[(3 * windows)..(4 * windows)], width, height);
        ReadOnlySpan<double> both = Blur(Times(a, b, product), down, blurred[(4 * windows)..], width, height);
        var sum = 0.0;
        for (var k = 0; k < windows; k++)
        {
            var (x, y) = (meanA[k], meanB[k]);
            var structure = (2 * (both[k] - x * y) + C2) / (squareA[k] - x * x + (squareB[k] - y * y) + C2);
            sum += withLuminance ? structure * (2 * x * y + C1) / (x * x + y * y + C1) : structure;
        }

        ArrayPool<double>.Shared.Return(block);
        return sum / windows;
    }

    private static double[] Window()
    {
        var window = new double[Taps];
        for (var k = 0; k < Taps; k++) window[k] = Math.Exp(-Math.Pow(k - Taps / 2, 2) / (2 * Deviation * Deviation));
        var sum = window.Sum();
        for (var k = 0; k < Taps; k++) window[k] /= sum;
        return window;
    }

    private static Span<double> Times(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        for (var k = 0; k < product.Length; k++) product[k] = a[k] * b[k];
        return product;
    }

    /// <summary>[height, width] → [height − 10, width − 10], in <paramref name="blurred"/>; <paramref name="down"/> is space for the columns' sums.</summary>
    private static Span<double> Blur(ReadOnlySpan<double> plane, Span<double> down, Span<double> blurred, int width, int height)
    {
        var (columns, rows) = (width - Taps + 1, height - Taps + 1);
        down.Clear();
        blurred.Clear();
        for (var y = 0; y < rows; y++)
        {
            for (var tap = 0; tap < Taps; tap++)
                Numerics.DoubleSpans.AddScaled(down.Slice(y * width, width), s_window[tap], plane.Slice((y + tap) * width, width));
        }

        for (var y = 0; y < rows; y++)
        {
            for (var tap = 0; tap < Taps; tap++)
                Numerics.DoubleSpans.AddScaled(blurred.Slice(y * columns, columns), s_window[tap], down.Slice(y * width + tap, columns));
        }

        return blurred;
    }
}
