using Fovea.Core.Errors;

namespace Fovea.Metrics.Fundus;

/// <summary>
/// Wasserstein-1 distances of one-dimensional distributions: how far, on average, share has to be moved to make one the other.
/// Unlike differences bin by bin they tell a small shift from a large one.
/// </summary>
public static class HistogramDistance
{
    /// <summary>
    /// Between histograms around a circle, as a part of a turn, 0 to 0.5. Share may go either way round: the best flow differs from
    /// the line's by a constant, the median (Werman, Peleg and Rosenfeld 1985; Rabin, Delon and Gousseau 2011).
    /// </summary>
    /// <param name="first">Counts or shares, not negative, not all 0.</param>
    /// <param name="second">The same, as many bins.</param>
    /// <exception cref="InputException">The bins do not fit, or one is negative or not finite, or all are 0.</exception>
    public static double Circular(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var flow = CumulativeDifference(first, second);
        var median = flow.Order().ElementAt(flow.Length / 2);
        return flow.Sum(value => Math.Abs(value - median)) / flow.Length;
    }

    /// <summary>Between samples of any number, in their unit.</summary>
    /// <param name="first">At least one finite value.</param>
    /// <param name="second">At least one finite value.</param>
    /// <exception cref="InputException">A side has no value, or one is not finite.</exception>
    public static double Samples(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0) throw new InputException("distance of samples: a side has no value; at least 1 a side is needed");
        if (!first.All(double.IsFinite) || !second.All(double.IsFinite)) throw new InputException("distance of samples: every value must be finite");
        var (a, b) = (first.Order().ToArray(), second.Order().ToArray());
        var (i, j, level, distance) = (0, 0, 0.0, 0.0);
        // The area between both quantile functions, a step of either at a time.
        while (i < a.Length && j < b.Length)
        {
            var (endA, endB) = ((i + 1L) * b.Length, (j + 1L) * a.Length);
            var end = Math.Min(endA, endB) / ((double)a.Length * b.Length);
            distance += (end - level) * Math.Abs(a[i] - b[j]);
            level = end;
            if (endA <= endB) i++;
            if (endB <= endA) j++;
        }

        return distance;
    }

    private static double[] CumulativeDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new InputException($"histograms of {first.Length} and {second.Length} bins cannot be compared: use the same bins");
        var (sumFirst, sumSecond) = (Total(first), Total(second));
        var flow = new double[first.Length];
        var running = 0.0;
        for (var k = 0; k < flow.Length; k++) flow[k] = running += first[k] / sumFirst - second[k] / sumSecond;
        return flow;
    }

    private static double Total(ReadOnlySpan<double> histogram)
    {
        var sum = 0.0;
        foreach (var value in histogram)
        {
            if (value < 0 || !double.IsFinite(value)) throw new InputException($"histogram: a bin holds {value}; allowed: finite, 0 or more");
            sum += value;
        }

        return sum > 0 ? sum : throw new InputException("histogram: all bins are 0; at least one value is needed");
    }
}
