namespace Fovea.Quantum.Noise;

/// <summary>
/// Zero-noise extrapolation (Temme, Bravyi and Gambetta 2017, arXiv 1612.02058): values at noise λ ≥ 1 times the device's, reached by
/// folding gates, are combined to an estimate at λ = 0.
/// </summary>
public static class ZeroNoiseExtrapolation
{
    /// <summary>The coefficients of Richardson's extrapolation: Σ c = 1 and Σ c·λʲ = 0 for j = 1 … count − 1.</summary>
    /// <param name="factors">Distinct noise factors, at least two.</param>
    public static double[] Richardson(params ReadOnlySpan<double> factors)
    {
        Require(factors);
        var coefficients = new double[factors.Length];
        for (var k = 0; k < factors.Length; k++)
        {
            coefficients[k] = 1;
            for (var other = 0; other < factors.Length; other++)
                coefficients[k] *= other == k ? 1 : factors[other] / (factors[other] - factors[k]);
        }

        return coefficients;
    }

    /// <summary>The coefficients of a straight line fitted by least squares and read at 0.</summary>
    /// <param name="factors">Distinct noise factors, at least two.</param>
    public static double[] Linear(params ReadOnlySpan<double> factors)
    {
        Require(factors);
        var (mean, spread) = (0.0, 0.0);
        foreach (var factor in factors)
            mean += factor / factors.Length;
        foreach (var factor in factors)
            spread += (factor - mean) * (factor - mean);
        var coefficients = new double[factors.Length];
        for (var k = 0; k < factors.Length; k++)
            coefficients[k] = (1.0 / factors.Length) - (mean * (factors[k] - mean) / spread);
        return coefficients;
    }

    private static void Require(ReadOnlySpan<double> factors)
    {
        if (factors.Length < 2)
            throw new ArgumentException("extrapolation takes at least two noise factors", nameof(factors));
        for (var k = 0; k < factors.Length; k++)
        {
            if (factors[..k].Contains(factors[k]))
                throw new ArgumentException($"noise factor {factors[k]} is given twice", nameof(factors));
        }
    }
}
