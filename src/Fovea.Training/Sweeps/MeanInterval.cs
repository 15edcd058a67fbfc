namespace Fovea.Training.Sweeps;

/// <summary>A mean over images with the half width of its 95 % interval, 1.96 standard errors.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">The half width; 0 for a single image.</param>
public sealed record MeanInterval(double Mean, double HalfWidth)
{
    private const double NormalQuantile = 1.96;

    /// <summary>The interval of some values.</summary>
    public static MeanInterval Of(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / Math.Max(values.Count - 1, 1);
        return new(mean, NormalQuantile * Math.Sqrt(variance / values.Count));
    }
}
