using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

/// <summary>Quantiles of samples.</summary>
public static class Quantiles
{
    /// <summary>
    /// The value below which a share of sorted values lies, between neighbours in proportion: position share · (n − 1), the type 7 of
    /// Hyndman and Fan 1996.
    /// </summary>
    /// <param name="sorted">At least one value, rising.</param>
    /// <param name="share">0 to 1.</param>
    /// <exception cref="InputException">There is no value, or the share is not from 0 to 1.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty) throw new InputException("quantile of no values; at least 1 is needed");
        if (share is not (>= 0 and <= 1)) throw new InputException($"quantile at {share}; allowed: 0 to 1");
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
