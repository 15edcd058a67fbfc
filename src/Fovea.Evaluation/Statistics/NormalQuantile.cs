using Fovea.Core.Errors;
using MathNet.Numerics.Distributions;

namespace Fovea.Evaluation.Statistics;

/// <summary>The standard normal distribution as intervals need it.</summary>
internal static class NormalQuantile
{
    /// <summary>z such that a standard normal number lies within ±z with probability <paramref name="confidence"/>; 1.96 for 0.95.</summary>
    public static double TwoSided(double confidence)
    {
        RequireConfidence(confidence);
        return Normal.InvCDF(0, 1, 0.5 + confidence / 2);
    }

    /// <summary>Throws unless a confidence lies between 0 and 1.</summary>
    public static void RequireConfidence(double confidence)
    {
        if (confidence is not (> 0 and < 1)) throw new InputException($"confidence {confidence}; allowed: between 0 and 1");
    }
}
