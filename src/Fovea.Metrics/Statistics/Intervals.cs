using Fovea.Core.Errors;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

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
    public static StudentInterval Estimate(IReadOnlyList<double> values, double confidence = 0.95)
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
    public static Interval Estimate(int count, int total, double confidence = 0.95)
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

/// <summary>
/// The interval of a share of new values below a threshold that is itself an order statistic of a sample. Of values of the sample's own distribution
/// the k-th smallest of n has, on average, the share k / (n + 1) below it; which share it has is beta-distributed (k, n + 1 − k), and so the number of m new
/// values below it is beta-binomial. The interval holds the mean shares θ that an exact test of equal tails does not refuse, each with
/// the distribution (θ(n + 1), (1 − θ)(n + 1)): at θ = k / (n + 1) that is the exact one, so that values of one distribution lie outside as seldom as they may.
/// </summary>
public static class BetaBinomialInterval
{
    private const double Accuracy = 1e-10;

    /// <summary>The interval of the share behind <paramref name="count"/> of <paramref name="total"/>, within 0 to 1.</summary>
    /// <param name="count">New values below the threshold, from 0 to the total.</param>
    /// <param name="total">New values, at least 1.</param>
    /// <param name="sample">Size of the sample that the threshold is from, at least 1.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="InputException">A number breaks its rule.</exception>
    public static Interval Estimate(int count, int total, int sample, double confidence = 0.95)
    {
        if (total < 1) throw new InputException($"proportion of {total}; at least 1 is needed");
        if (count < 0 || count > total) throw new InputException($"proportion: {count} of {total}; allowed: 0 to {total}");
        if (sample < 1) throw new InputException($"threshold from a sample of {sample}; at least 1 is needed");
        NormalQuantile.RequireConfidence(confidence);
        var tail = (1 - confidence) / 2;
        return new Interval(
            count == 0 ? 0 : Root(share => 1 - Below(count, total, share, sample + 1.0) - tail),
            count == total ? 1 : Root(share => tail - Below(count + 1, total, share, sample + 1.0)));
    }

    // Both functions rise with the share, from a tail below its size to one above it.
    private static double Root(Func<double, double> function) => Brent.FindRoot(function, Accuracy, 1 - Accuracy, Accuracy, maxIterations: 200);

    /// <summary>Probability of fewer than <paramref name="count"/> of the total, beta-binomial with that mean share and that sum of both parameters.</summary>
    private static double Below(int count, int total, double share, double weight)
    {
        var (a, b) = (share * weight, (1 - share) * weight);
        var log = SpecialFunctions.GammaLn(b + total)
            + SpecialFunctions.GammaLn(weight) - SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(weight + total);
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((total - k) * (k + a) / ((k + 1.0) * (total - k - 1 + b)));
        }

        return sum;
    }
}

/// <summary>The difference of the proportions of two independent sets with its interval.</summary>
/// <param name="Value">First less second, −1 to 1.</param>
/// <param name="Interval">Its interval.</param>
public readonly record struct ProportionDifference(double Value, Interval Interval)
{
    /// <summary>
    /// Newcombe's interval from both Wilson intervals (method 10 of "Interval estimation for the difference between independent
    /// proportions", Statistics in Medicine 1998).
    /// </summary>
    /// <param name="firstCount">Count of the first set.</param>
    /// <param name="firstTotal">Its images.</param>
    /// <param name="secondCount">Count of the second set.</param>
    /// <param name="secondTotal">Its images.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="InputException">A number breaks its rule.</exception>
    public static ProportionDifference Estimate(int firstCount, int firstTotal, int secondCount, int secondTotal, double confidence = 0.95)
    {
        var (first, second) = (WilsonInterval.Estimate(firstCount, firstTotal, confidence), WilsonInterval.Estimate(secondCount, secondTotal, confidence));
        var (p, q) = (firstCount / (double)firstTotal, secondCount / (double)secondTotal);
        var below = double.Hypot(p - first.Low, second.High - q);
        var above = double.Hypot(first.High - p, q - second.Low);
        return new ProportionDifference(p - q, new Interval(p - q - below, p - q + above));
    }
}

/// <summary>How far values scatter.</summary>
public static class Spread
{
    /// <summary>Standard deviation of the distribution that values are a sample of: the root of their squares' sum by n − 1.</summary>
    /// <param name="values">At least 2.</param>
    /// <param name="mean">Their mean.</param>
    public static double Deviation(IReadOnlyCollection<double> values, double mean)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
