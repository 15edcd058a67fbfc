using Fovea.Metrics.Numerics;

namespace Fovea.Metrics.Fundus;

/// <summary>Gaussian blurs of planes [height, width], borders continued.</summary>
internal static class Smoothing
{
    private const double Reach = 4; // standard deviations: what lies beyond is 6e-5 of the weight

    /// <summary>The plane blurred with a standard deviation in pixels.</summary>
    public static double[] Gaussian(double[] plane, int width, int height, double sigma)
    {
        var kernel = Kernel(sigma);
        var radius = kernel.Length / 2;
        var down = new double[plane.Length];
        for (var y = 0; y < height; y++)
        {
            for (var k = -radius; k <= radius; k++)
                DoubleSpans.AddScaled(down.AsSpan(y * width, width), kernel[k + radius], plane.AsSpan(Math.Clamp(y + k, 0, height - 1) * width, width));
        }

        var blurred = new double[plane.Length];
        var padded = new double[width + 2 * radius];
        for (var y = 0; y < height; y++)
        {
            var row = down.AsSpan(y * width, width);
            padded.AsSpan(0, radius).Fill(row[0]);
            row.CopyTo(padded.AsSpan(radius));
            padded.AsSpan(radius + width).Fill(row[^1]);
            for (var k = 0; k < kernel.Length; k++) DoubleSpans.AddScaled(blurred.AsSpan(y * width, width), kernel[k], padded.AsSpan(k, width));
        }

        return blurred;
    }

    /// <summary>The blur of what is inside a mask alone: weights outside are 0 and the rest fill up to 1. Far outside: the mean inside.</summary>
    public static double[] Masked(double[] plane, RetinaMask mask, double sigma)
    {
        var (values, weights) = (new double[plane.Length], new double[plane.Length]);
        var mean = mask.Pick(plane).Average();
        for (var k = 0; k < plane.Length; k++)
            if (mask.Inside[k]) (values[k], weights[k]) = (plane[k] - mean, 1);
        values = Gaussian(values, mask.Width, mask.Height, sigma);
        weights = Gaussian(weights, mask.Width, mask.Height, sigma);
        for (var k = 0; k < plane.Length; k++) values[k] = mean + (weights[k] > 1e-6 ? values[k] / weights[k] : 0);
        return values;
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
