namespace Fovea.Evaluation.Metrics;

/// <summary>A mean over pairs of images.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error as if pairs shared no images.</param>
/// <param name="Pairs">Number of pairs.</param>
public readonly record struct PairMean(double Mean, double StandardError, int Pairs)
{
    internal static PairMean Of(double[] values)
    {
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / Math.Max(values.Length - 1, 1);
        return new PairMean(mean, Math.Sqrt(variance / values.Length), values.Length);
    }
}
