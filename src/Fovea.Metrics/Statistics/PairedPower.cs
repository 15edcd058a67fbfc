using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

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
