using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

/// <summary>
/// P-values of a family of tests, so adjusted that the probability of a single false rejection among all of them stays below the level,
/// whatever their dependence. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 1979.
/// </summary>
public static class HolmAdjustment
{
    /// <summary>The adjusted p-values in the order of the given ones.</summary>
    /// <param name="pValues">0 to 1 each; may be empty.</param>
    /// <exception cref="InputException">A value is not from 0 to 1.</exception>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        foreach (var p in pValues)
            if (p is not (>= 0 and <= 1)) throw new InputException($"p-value {p}; allowed: 0 to 1");
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        foreach (var (rank, index) in Enumerable.Range(0, pValues.Count).OrderBy(k => pValues[k]).Index())
        {
            largest = Math.Max(largest, Math.Min(1, (pValues.Count - rank) * pValues[index]));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
