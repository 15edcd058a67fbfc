using Fovea.Imaging.Grids;

namespace Fovea.Tests.Metrics.Distributions;

/// <summary>The slow twin of MS-SSIM: each window's weighted moments by their definition, about the window's own mean.</summary>
internal static class SlowSimilarity
{
    private static readonly double[] s_weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    public static double Of(RgbImage first, RgbImage second, int scales)
    {
        var (a, b) = (Array.ConvertAll(first.Pixels, pixel => (double)pixel), Array.ConvertAll(second.Pixels, pixel => (double)pixel));
        var (width, height, product) = (first.Width, first.Height, 1.0);
        for (var scale = 0; scale < scales; scale++)
        {
            var mean = Mean(a, b, width, height, scale == scales - 1);
            product *= Math.Pow(Math.Max(0, mean), s_weights[scale] / s_weights.Take(scales).Sum());
            (a, b) = (Halve(a, width, height), Halve(b, width, height));
            (width, height) = (width / 2, height / 2);
        }

        return product;
    }

    private static double Mean(double[] a, double[] b, int width, int height, bool withLuminance)
    {
        var values = new List<double>();
        for (var y = 0; y + 11 <= height; y++)
        {
            for (var x = 0; x + 11 <= width; x++)
                for (var c = 0; c < 3; c++) values.Add(Window(a, b, width, x, y, c, withLuminance));
        }

        return values.Average();
    }

    private static double Window(double[] a, double[] b, int width, int left, int top, int channel, bool withLuminance)
    {
        var taps = Enumerable.Range(0, 121).Select(k => (At: ((top + k / 11) * width + left + k % 11) * 3 + channel, Weight: Gauss(k / 11) * Gauss(k % 11)))
            .ToArray();
        var total = taps.Sum(tap => tap.Weight);
        double Weighted(Func<int, double> of) => taps.Sum(tap => tap.Weight / total * of(tap.At));
        var (meanA, meanB) = (Weighted(k => a[k]), Weighted(k => b[k]));
        var (varianceA, varianceB) = (Weighted(k => (a[k] - meanA) * (a[k] - meanA)), Weighted(k => (b[k] - meanB) * (b[k] - meanB)));
        var covariance = Weighted(k => (a[k] - meanA) * (b[k] - meanB));
        var structure = (2 * covariance + 58.5225) / (varianceA + varianceB + 58.5225); // (0.03 · 255)²
        return withLuminance ? structure * (2 * meanA * meanB + 6.5025) / (meanA * meanA + meanB * meanB + 6.5025) : structure;
    }

    private static double Gauss(int k) => Math.Exp(-(k - 5) * (k - 5) / 4.5);

    private static double[] Halve(double[] pixels, int width, int height)
    {
        var half = new double[width / 2 * (height / 2) * 3];
        for (var k = 0; k < half.Length; k++)
        {
            var (c, x, y) = (k % 3, k / 3 % (width / 2), k / 3 / (width / 2));
            double At(int dx, int dy) => pixels[((2 * y + dy) * width + 2 * x + dx) * 3 + c];
            half[k] = (At(0, 0) + At(1, 0) + At(0, 1) + At(1, 1)) / 4;
        }

        return half;
    }
}
