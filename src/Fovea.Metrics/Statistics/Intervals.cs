using Fovea.Core.Errors;
using MathNet.Numerics.Distributions;

namespace Fovea.Metrics.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a value lies in it, ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}

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

/// <summary>
/// The interval of a proportion that holds at 0, at 1 and for few images. Wilson, JASA 1927; without continuity correction.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The interval of <paramref name="count"/> out of <paramref name="total"/>, within 0 to 1.</summary>
    /// <param name="count">From 0 to the total.</param>
    /// <param name="total">At least 1.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="InputException">A number breaks its rule.</exception>
    public static Interval Of(int count, int total, double confidence = 0.95)
    {
        if (total < 1) throw new InputException($"proportion of {total}; at least 1 is needed");
        if (count < 0 || count > total) throw new InputException($"proportion: {count} of {total}; allowed: 0 to {total}");
        var z = NormalQuantile.TwoSided(confidence);
        var (share, square) = (count / (double)total, z * z / total);
        var centre = (share + square / 2) / (1 + square);
        var half = z / (1 + square) * Math.Sqrt(share * (1 - share) / total + square / (4 * total));
        // At the ends the exact limit is 0 or 1, which the difference of roundings misses.
        return new Interval(count == 0 ? 0 : centre - half, count == total ? 1 : centre + half);
    }
}

/// <summary>The standard normal distribution as intervals need it.</summary>
internal static class NormalQuantile
{
    /// <summary>z such that a standard normal number lies within ±z with probability <paramref name="confidence"/>; 1.96 for 0.95.</summary>
    public static double TwoSided(double confidence)
    {
        RequireConfidence(confidence);
        return Normal.InvCDF(0, 1, 0.5 + confidence / 2);
    }

    /// <summary>Throws unless a confidence lies between 0 and 1.</summary>
    public static void RequireConfidence(double confidence)
    {
        if (confidence is not (> 0 and < 1)) throw new InputException($"confidence {confidence}; allowed: between 0 and 1");
    }
}
