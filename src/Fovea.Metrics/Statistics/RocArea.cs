using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

/// <summary>
/// The area under a ROC curve: the probability that a value of the one sample lies below one of the other, equal values counted half. Its interval is that of
/// DeLong, DeLong and Clarke-Pearson (Biometrics 1988), which knows of both samples; where values come in groups, as images of one person do, that of
/// Obuchowski (Biometrics 1997), in which a group counts once.
/// </summary>
/// <param name="Value">The area, 0 to 1; 0.5 where the samples cannot be told apart.</param>
/// <param name="Interval">Its interval, within 0 to 1.</param>
/// <param name="Lower">Values of the sample that is asked whether it is the lower one.</param>
/// <param name="Higher">Values of the other.</param>
public sealed record RocArea(double Value, Interval Interval, int Lower, int Higher)
{
    /// <summary>The area of two samples.</summary>
    /// <param name="lower">At least 2 values, none of them not a number.</param>
    /// <param name="higher">At least 2 values, none of them not a number.</param>
    /// <param name="lowerGroups">The group of each value; null where each is its own.</param>
    /// <param name="higherGroups">The same for the other sample; no group is in both.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="InputException">A sample is too small, or the confidence breaks its rule.</exception>
    public static RocArea Measure(
        IReadOnlyList<double> lower, IReadOnlyList<double> higher, IReadOnlyList<int>? lowerGroups = null, IReadOnlyList<int>? higherGroups = null,
        double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(higher);
        if (Math.Min(lower.Count, higher.Count) < 2)
            throw new InputException($"area under a ROC curve of {lower.Count} and {higher.Count} values; at least 2 of each are needed");
        var z = NormalQuantile.TwoSided(confidence);
        double[] above = Placements(lower, higher, below: false), under = Placements(higher, lower, below: true);
        var area = above.Average();
        var (first, firstGroups) = Variance(above, area, lowerGroups);
        var (second, secondGroups) = Variance(under, area, higherGroups);
        // Samples that do not overlap have no variance: the end is where as many groups would still, with half the error allowed, hold no exception.
        var least = area is 0 or 1 ? 1 - Math.Pow((1 - confidence) / 2, 1.0 / Math.Min(firstGroups, secondGroups)) : 0;
        var half = Math.Max(z * Math.Sqrt(first + second), least);
        return new RocArea(area, new Interval(Math.Max(0, area - half), Math.Min(1, area + half)), lower.Count, higher.Count);
    }

    /// <summary>The area alone, of samples of any size.</summary>
    /// <param name="lower">Values, none of them not a number.</param>
    /// <param name="higher">Values, none of them not a number.</param>
    /// <returns>Not a number where a sample has no value.</returns>
    public static double Of(IReadOnlyList<double> lower, IReadOnlyList<double> higher)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(higher);
        return lower.Count == 0 || higher.Count == 0 ? double.NaN : Placements(lower, higher, below: false).Average();
    }

    /// <summary>The share of the others that lies above (or below) each value, equal ones counted half.</summary>
    private static double[] Placements(IReadOnlyList<double> values, IReadOnlyList<double> others, bool below)
    {
        double[] sorted = [.. others.Order()];
        return [.. values.Select(value =>
        {
            var (smaller, upTo) = (Rank(sorted, value, orEqual: false), Rank(sorted, value, orEqual: true));
            var half = (smaller + upTo) / (2.0 * sorted.Length);
            return below ? half : 1 - half;
        })];
    }

    /// <summary>How many sorted values are smaller than a value, or equal to it.</summary>
    private static int Rank(double[] sorted, double value, bool orEqual)
    {
        var (from, to) = (0, sorted.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) from = middle + 1;
            else to = middle;
        }

        return from;
    }

    /// <summary>The variance of the mean of placements, and the number of groups; without groups it is s²/n.</summary>
    private static (double Variance, int Groups) Variance(double[] placements, double area, IReadOnlyList<int>? groups)
    {
        double[] sums = [.. placements.Select((value, k) => (Value: value - area, Group: groups?[k] ?? k))
            .GroupBy(item => item.Group, (_, items) => items.Sum(item => item.Value))];
        var correction = sums.Length > 1 ? sums.Length / (sums.Length - 1.0) : 1;
        return (correction * sums.Sum(sum => sum * sum) / ((double)placements.Length * placements.Length), sums.Length);
    }
}
