using Fovea.Core.Errors;
using MathNet.Numerics.Statistics;

namespace Fovea.Metrics.Statistics;

/// <summary>How large a difference is, whatever the number of values.</summary>
public static class EffectSize
{
    private const double Rounding = 1e-24;

    /// <summary>
    /// Mean difference of pairs in standard deviations of the differences (Cohen's d_z); infinite, with its sign, when all
    /// differences are one value other than 0.
    /// </summary>
    /// <exception cref="InputException">There are fewer than 2 pairs, the numbers differ, or a value is not finite.</exception>
    public static double Paired(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var differences = PairedDifferences.Subtract(first, second);
        if (differences.Length < 2) throw new InputException($"paired effect size: {differences.Length} pair; at least 2 are needed");
        var mean = differences.Average();
        var variance = differences.Sum(value => (value - mean) * (value - mean)) / (differences.Length - 1);
        // Differences of one value have a spread of rounding errors.
        return mean == 0 ? 0 : variance <= Rounding * mean * mean ? Math.CopySign(double.PositiveInfinity, mean) : mean / Math.Sqrt(variance);
    }
}

/// <summary>Differences of paired values.</summary>
internal static class PairedDifferences
{
    /// <summary>first − second, pair by pair.</summary>
    public static double[] Subtract(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count) throw new InputException($"paired values: {first.Count} and {second.Count}; as many of both are needed");
        if (first.Count == 0) throw new InputException("paired values: none; at least 1 pair is needed");
        RequireFinite(first);
        RequireFinite(second);
        return [.. first.Zip(second, (a, b) => a - b)];
    }

    /// <summary>Throws unless all values are finite.</summary>
    public static void RequireFinite(IReadOnlyList<double> values)
    {
        for (var k = 0; k < values.Count; k++)
            if (!double.IsFinite(values[k])) throw new InputException($"value {k} is {values[k]}; every value must be finite");
    }
}

/// <summary>How well the order of one list follows that of another.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's ρ, −1 to 1, equal values at their mean rank; null where one list is the same throughout, which has no order.</summary>
    /// <param name="first">Values.</param>
    /// <param name="second">As many.</param>
    /// <exception cref="ArgumentException">They differ in number.</exception>
    public static double? Measure(IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count) throw new ArgumentException($"{first.Count} and {second.Count} values; as many are needed", nameof(second));
        return first.Distinct().Count() < 2 || second.Distinct().Count() < 2
            ? null
            : Correlation.Spearman(first.Select(value => (double)value), second.Select(value => (double)value));
    }
}
