using Fovea.Core.Errors;

namespace Fovea.Evaluation.Statistics;

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
