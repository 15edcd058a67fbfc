namespace Fovea.Evaluation.Metrics;

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
    public static double Mean(double[] a, double[] b, int width, int height, bool withLuminance)
    {
        var (meanA, meanB) = (Blur(a, width, height), Blur(b, width, height));
        var (squareA, squareB, product) = (Blur(Times(a, a), width, height), Blur(Times(b, b), width, height), Blur(Times(a, b), width, height));
        var sum = 0.0;
        for (var k = 0; k < meanA.Length; k++)
        {
            var (x, y) = (meanA[k], meanB[k]);
            var structure = (2 * (product[k] - x * y) + C2) / (squareA[k] - x * x + (squareB[k] - y * y) + C2);
            sum += withLuminance ? structure * (2 * x * y + C1) / (x * x + y * y + C1) : structure;
        }

        return sum / meanA.Length;
    }

    private static double[] Window()
    {
        var window = new double[Taps];
        for (var k = 0; k < Taps; k++) window[k] = Math.Exp(-Math.Pow(k - Taps / 2, 2) / (2 * Deviation * Deviation));
        var sum = window.Sum();
        for (var k = 0; k < Taps; k++) window[k] /= sum;
        return window;
    }

    private static double[] Times(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (var k = 0; k < a.Length; k++) product[k] = a[k] * b[k];
        return product;
    }

    /// <summary>[height, width] → [height − 10, width − 10].</summary>
    private static double[] Blur(double[] plane, int width, int height)
    {
        var (columns, rows) = (width - Taps + 1, height - Taps + 1);
        var down = new double[rows * width];
        for (var y = 0; y < rows; y++)
            for (var tap = 0; tap < Taps; tap++)
                Numerics.DoubleSpans.AddScaled(down.AsSpan(y * width, width), s_window[tap], plane.AsSpan((y + tap) * width, width));
        var blurred = new double[rows * columns];
        for (var y = 0; y < rows; y++)
            for (var tap = 0; tap < Taps; tap++)
                Numerics.DoubleSpans.AddScaled(blurred.AsSpan(y * columns, columns), s_window[tap], down.AsSpan(y * width + tap, columns));
        return blurred;
    }
}
