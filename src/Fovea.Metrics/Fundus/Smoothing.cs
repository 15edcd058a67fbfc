using System.Buffers;
using Fovea.Metrics.Numerics;

namespace Fovea.Metrics.Fundus;

/// <summary>Gaussian blurs of planes [height, width], borders continued.</summary>
internal static class Smoothing
{
    private const double Reach = 4; // standard deviations: what lies beyond is 6e-5 of the weight

    /// <summary>Blurs a plane with a standard deviation in pixels into another [height, width], not into itself.</summary>
    public static void Gaussian(ReadOnlySpan<double> plane, int width, int height, double sigma, Span<double> blurred)
    {
        var kernel = Kernel(sigma);
        var radius = kernel.Length / 2;
        var rented = ArrayPool<double>.Shared.Rent(plane.Length);
        var down = rented.AsSpan(0, plane.Length);
        down.Clear();
        for (var y = 0; y < height; y++)
        {
            for (var k = -radius; k <= radius; k++)
                DoubleSpans.AddScaled(down.Slice(y * width, width), kernel[k + radius], plane.Slice(Math.Clamp(y + k, 0, height - 1) * width, width));
        }

        blurred.Clear();
        var padded = new double[width + 2 * radius];
        for (var y = 0; y < height; y++)
        {
            var row = down.Slice(y * width, width);
            padded.AsSpan(0, radius).Fill(row[0]);
            row.CopyTo(padded.AsSpan(radius));
            padded.AsSpan(radius + width).Fill(row[^1]);
            for (var k = 0; k < kernel.Length; k++) DoubleSpans.AddScaled(blurred.Slice(y * width, width), kernel[k], padded.AsSpan(k, width));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The blur of what is inside a mask alone: weights outside are 0 and the rest fill up to 1. Far outside: the mean inside.</summary>
    public static double[] Masked(double[] plane, RetinaMask mask, double sigma)
    {
        var size = plane.Length;
        var rented = ArrayPool<double>.Shared.Rent(3 * size);
        var values = rented.AsSpan(0, size);
        var weights = rented.AsSpan(size, size);
        var filled = rented.AsSpan(2 * size, size);
        var mean = mask.Pick(plane).Average();
        for (var k = 0; k < size; k++) (values[k], weights[k]) = mask.Inside[k] ? (plane[k] - mean, 1) : (0, 0);
        var blurred = new double[size];
        Gaussian(values, mask.Width, mask.Height, sigma, blurred);
        Gaussian(weights, mask.Width, mask.Height, sigma, filled);
        for (var k = 0; k < size; k++) blurred[k] = mean + (filled[k] > 1e-6 ? blurred[k] / filled[k] : 0);
        ArrayPool<double>.Shared.Return(rented);
        return blurred;
    }

    private static double[] Kernel(double sigma)
    {
        var radius = Math.Max(1, (int)Math.Ceiling(Reach * sigma));
        var kernel = new double[2 * radius + 1];
        for (var k = 0; k < kernel.Length; k++) kernel[k] = Math.Exp(-(k - radius) * (k - radius) / (2 * sigma * sigma));
        var sum = kernel.Sum();
        for (var k = 0; k < kernel.Length; k++) kernel[k] /= sum;
        return kernel;
    }
}
