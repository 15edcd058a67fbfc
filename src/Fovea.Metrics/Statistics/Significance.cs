using Fovea.Core.Errors;
using MathNet.Numerics.Distributions;

namespace Fovea.Metrics.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test for pairs, as of two arms on the same seeds or images. Equal pairs are left out, ties share ranks. Up
/// to 25 pairs the distribution over all 2ⁿ signs of the ranks at hand is exact, ties and all; above it is normal with the
/// correction for ties and for continuity. Hollander, Wolfe and Chicken, "Nonparametric statistical methods", 3.1.
/// </summary>
public static class SignedRankTest
{
    /// <summary>The most pairs of the exact distribution.</summary>
    public const int MostExactPairs = 25;

    /// <summary>Tests whether the differences are symmetric about 0.</summary>
    /// <param name="first">Values of the first arm, finite.</param>
    /// <param name="second">Values of the second arm, pair by pair.</param>
    /// <exception cref="InputException">The numbers of values differ or are 0, or a value is not finite.</exception>
    public static SignedRankResult Test(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var differences = PairedDifferences.Subtract(first, second).Where(difference => difference != 0).ToArray();
        if (differences.Length == 0) return new SignedRankResult(0, 0, 1, true, 0);
        var ranks = Midranks.Doubled([.. differences.Select(Math.Abs)]);
        // Doubled ranks of 46,341 pairs add up to more than an int holds.
        var (positive, all) = (ranks.Where((_, k) => differences[k] > 0).Sum(rank => (long)rank), ranks.Sum(rank => (long)rank));
        var exact = differences.Length <= MostExactPairs;
        var p = exact ? Exact(ranks, (int)positive) : Approximate(ranks, positive, all);
        return new SignedRankResult(positive / 2.0, differences.Length, p, exact, (2.0 * positive - all) / all);
    }

    /// <summary>
    /// The smallest two-sided p-value that so many pairs can give, all differences having one sign: 2 of 2ⁿ sign patterns are as far out. Below
    /// 6 pairs it is above 0.05, so that the test can reject nothing at that level.
    /// </summary>
    /// <param name="pairs">Pairs that differ.</param>
    public static double SmallestPValue(int pairs) => Math.Min(1, Math.Pow(2, 1 - pairs));

    /// <summary>Counts the sign patterns by their sum of positive doubled ranks, a rank at a time.</summary>
    private static double Exact(int[] ranks, int positive)
    {
        var patterns = new double[ranks.Sum() + 1];
        patterns[0] = 1;
        foreach (var rank in ranks)
            for (var sum = patterns.Length - 1; sum >= rank; sum--) patterns[sum] += patterns[sum - rank];
        var (below, above) = (patterns.Take(positive + 1).Sum(), patterns.Skip(positive).Sum());
        return Math.Min(1, 2 * Math.Min(below, above) / Math.Pow(2, ranks.Length));
    }

    private static double Approximate(int[] ranks, long positive, long all)
    {
        var mean = all / 2.0;
        // The variance of Σ ± rank / 2 with the ranks as they are already holds the ties.
        var deviation = Math.Sqrt(ranks.Sum(rank => (double)rank * rank)) / 2;
        var distance = Math.Max(0, Math.Abs(positive - mean) - 1); // half a rank is 1 in doubled ranks
        return Math.Min(1, 2 * Normal.CDF(0, 1, -distance / deviation));
    }
}

/// <summary>What <see cref="SignedRankTest"/> finds.</summary>
/// <param name="PositiveRanks">Sum of the ranks of positive differences, W⁺.</param>
/// <param name="Pairs">Pairs that differ; equal ones are left out.</param>
/// <param name="PValue">Two-sided; 1 when no pair differs.</param>
/// <param name="IsExact">Whether it comes from the exact distribution or from the normal approximation.</param>
/// <param name="RankBiserial">Effect size −1 to 1: the share of ranks that are positive less that of negative ones (Kerby 2014).</param>
public readonly record struct SignedRankResult(double PositiveRanks, int Pairs, double PValue, bool IsExact, double RankBiserial);

/// <summary>Ranks with ties shared.</summary>
internal static class Midranks
{
    /// <summary>Twice the rank of each value, from 2 on; tied values have the mean of their ranks, so twice it is whole.</summary>
    public static int[] Doubled(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(k => values[k]).ToArray();
        var ranks = new int[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var k = start; k < end; k++) ranks[order[k]] = start + 1 + end;
            start = end;
        }

        return ranks;
    }
}

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

/// <summary>How many pairs a two-sided paired t-test needs.</summary>
public static class PairedPower
{
    /// <summary>
    /// The least number of pairs at which a difference is found with that power: n = (z₁₋ₐ⸝₂ + z_power)²·σ²/δ² + z²₁₋ₐ⸝₂/2, rounded up. Guenther, "Sample size
    /// formulas
    /// for normal theory t tests", The American Statistician 35, 1981; within one pair of the exact number by the noncentral t distribution.
    /// </summary>
    /// <param name="deviation">Standard deviation σ of the differences of pairs, 0 or above.</param>
    /// <param name="difference">The difference δ to be found, above 0.</param>
    /// <param name="power">Probability of finding it, above 0.5 and below 1.</param>
    /// <param name="level">The test's level α, above 0 and below 1.</param>
    /// <returns>2 or above.</returns>
    /// <exception cref="InputException">An argument is outside its range.</exception>
    public static int PairsNeeded(double deviation, double difference, double power = 0.8, double level = 0.05)
    {
        if (!(deviation >= 0 && double.IsFinite(deviation))) throw new InputException($"power: a standard deviation of {deviation}; allowed: 0 and above");
        if (!(difference > 0 && double.IsFinite(difference))) throw new InputException($"power: a difference of {difference}; allowed: above 0");
        if (!(power is > 0.5 and < 1)) throw new InputException($"power: {power}; allowed: above 0.5 and below 1");
        var two = NormalQuantile.TwoSided(1 - level);
        // One-sided by power: the two-sided quantile of 2·power − 1.
        var sum = two + NormalQuantile.TwoSided((2 * power) - 1);
        var pairs = Math.Ceiling((sum * sum * deviation * deviation / (difference * difference)) + (two * two / 2) - 1e-9);
        return (int)Math.Min(int.MaxValue, Math.Max(2, pairs));
    }
}
