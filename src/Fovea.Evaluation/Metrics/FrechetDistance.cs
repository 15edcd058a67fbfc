using Fovea.Core.Errors;
using Fovea.Evaluation.Features;
using Fovea.Evaluation.Numerics;

namespace Fovea.Evaluation.Metrics;

/// <summary>
/// Fréchet distance of two Gaussians with the features' moments, |μ₁ − μ₂|² + Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½). Dowson and Landau 1982;
/// for images Heusel et al. 2017, who take one certain network: with any other network it is a feature Fréchet distance, and not
/// to be compared with published figures. It is biased upwards by about 1/N: see <see cref="FrechetExtrapolation"/>.
/// </summary>
public static class FrechetDistance
{
    /// <summary>The distance between two sets of features, 0 or more.</summary>
    /// <param name="first">Features of at least 2 images.</param>
    /// <param name="second">Features of at least 2 images by the same network.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">A set has one image, or the networks differ.</exception>
    public static double Between(FeatureMatrix first, FeatureMatrix second, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        first.RequireComparable(second);
        return Between(FeatureMoments.Of(first, threads), FeatureMoments.Of(second, threads), threads);
    }

    /// <summary>The distance between two sets of moments, 0 or more.</summary>
    /// <param name="first">Moments of the one set.</param>
    /// <param name="second">Moments of the other, of as many dimensions.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">The dimensions differ.</exception>
    public static double Between(FeatureMoments first, FeatureMoments second, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Dimensions != second.Dimensions)
            throw new InputException($"features of {first.Dimensions} and {second.Dimensions} dimensions cannot be compared: use one network for both");
        var shift = 0.0;
        for (var k = 0; k < first.Mean.Length; k++) shift += (first.Mean[k] - second.Mean[k]) * (first.Mean[k] - second.Mean[k]);
        // With Σ = FᵀF the eigenvalues of Σ₁Σ₂, and of Σ₁^½ Σ₂ Σ₁^½, are the squared singular values of F₁F₂ᵀ (and zeros). So the
        // trace of the root needs no root, no eigenvalue that rounding made negative, and no more than min(N, d) rows a side.
        var root = SingularValues.Sum(first.Factor.TimesTransposed(second.Factor, threads));
        return Math.Max(shift + first.TotalVariance + second.TotalVariance - 2 * root, 0);
    }
}
