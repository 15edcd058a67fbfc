using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

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
        var (first, second) = (WilsonInterval.Of(firstCount, firstTotal, confidence), WilsonInterval.Of(secondCount, secondTotal, confidence));
        var (p, q) = (firstCount / (double)firstTotal, secondCount / (double)secondTotal);
        var below = double.Hypot(p - first.Low, second.High - q);
        var above = double.Hypot(first.High - p, q - second.Low);
        return new ProportionDifference(p - q, new Interval(p - q - below, p - q + above));
    }
}
