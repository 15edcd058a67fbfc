using Fovea.Core.Errors;
using MathNet.Numerics.Distributions;

namespace Fovea.Evaluation.Statistics;

/// <summary>
/// The mean of a few values with the interval of Student's t distribution ("The probable error of a mean", Biometrika 1908). It is exact for
/// normal values however few they are, where a bootstrap draws three values from themselves and gives an interval that is far too narrow.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="PValue">Two-sided p-value of the mean being 0; 1 when all values are 0.</param>
public readonly record struct StudentInterval(double Mean, Interval Interval, double PValue)
{
    /// <summary>The interval of the mean of values.</summary>
    /// <param name="values">At least 2, finite.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="InputException">There are fewer than 2 values, one is not finite, or the confidence breaks its rule.</exception>
    public static StudentInterval Of(IReadOnlyList<double> values, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2) throw new InputException($"interval of the mean of {values.Count} values; at least 2 are needed");
        PairedDifferences.RequireFinite(values);
        // The sum of equal numbers rounds: their mean is the number itself.
        var mean = values.All(value => value == values[0]) ? values[0] : values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
        var half = Quantile(values.Count - 1, confidence) * error;
        var p = mean == 0 ? 1 : 2 * StudentT.CDF(0, 1, values.Count - 1, -Math.Abs(mean / error));
        return new StudentInterval(mean, new Interval(mean - half, mean + half), p);
    }

    /// <summary>The mean, in standard deviations of the values, from which Student's two-sided test gives a p-value below a level.</summary>
    /// <param name="count">Values, at least 2.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastEffect(int count, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return Quantile(count - 1, 1 - level) / Math.Sqrt(count);
    }

    /// <summary>t such that a number of Student's distribution lies within ±t with that probability; 4.30 for 2 degrees and 0.95.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    internal static double Quantile(int degrees, double confidence)
    {
        NormalQuantile.RequireConfidence(confidence);
        return StudentT.InvCDF(0, 1, degrees, 0.5 + confidence / 2);
    }
}
