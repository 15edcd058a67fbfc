using MathNet.Numerics.Statistics;

namespace Fovea.Metrics.Statistics;

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
