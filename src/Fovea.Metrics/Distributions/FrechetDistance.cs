using Fovea.Core.Errors;
using Fovea.Metrics.Numerics;

namespace Fovea.Metrics.Distributions;

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
        return Between(FeatureMoments.Measure(first, threads), FeatureMoments.Measure(second, threads), threads);
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

/// <summary>
/// Mean and covariance of features in double, once for any number of Fréchet distances. The covariance (divisor N − 1) is held as
/// a factor F with FᵀF = Σ: the centred images themselves while they are no more than the dimensions, otherwise Σ's Cholesky rows.
/// </summary>
public sealed class FeatureMoments
{
    private FeatureMoments(FeatureMatrix features, double[] mean, DoubleMatrix factor)
    {
        (Images, Dimensions, Mean, Factor) = (features.Images, features.Dimensions, mean, factor);
        var trace = 0.0;
        for (var row = 0; row < factor.Rows; row++) trace += DoubleSpans.Dot(factor.Row(row), factor.Row(row));
        TotalVariance = trace;
    }

    /// <summary>Number of images.</summary>
    public int Images { get; }

    /// <summary>Features an image.</summary>
    public int Dimensions { get; }

    /// <summary>The mean [dimensions].</summary>
    public double[] Mean { get; }

    /// <summary>The covariance's trace.</summary>
    public double TotalVariance { get; }

    /// <summary>F [at most dimensions, dimensions] with FᵀF = covariance.</summary>
    internal DoubleMatrix Factor { get; }

    /// <summary>Computes both.</summary>
    /// <param name="features">The features of at least 2 images.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">There is one image only.</exception>
    public static FeatureMoments Measure(FeatureMatrix features, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(features);
        features.RequireImages(2, "covariance");
        var (mean, centred) = Centre(features);
        if (features.Images <= features.Dimensions) return new FeatureMoments(features, mean, centred);
        var columns = centred.Transposed();
        return new FeatureMoments(features, mean, PivotedCholesky.Factor(columns.TimesTransposed(columns, threads)));
    }

    /// <summary>The mean, and (image − mean) / √(N − 1).</summary>
    private static (double[] Mean, DoubleMatrix Centred) Centre(FeatureMatrix features)
    {
        var mean = new double[features.Dimensions];
        for (var image = 0; image < features.Images; image++)
        {
            var row = features.Row(image);
            for (var k = 0; k < row.Length; k++) mean[k] += row[k];
        }

        for (var k = 0; k < mean.Length; k++) mean[k] /= features.Images;
        var centred = new DoubleMatrix(features.Images, features.Dimensions);
        var scale = 1 / Math.Sqrt(features.Images - 1);
        for (var image = 0; image < features.Images; image++)
        {
            var row = features.Row(image);
            var to = centred.Row(image);
            for (var k = 0; k < row.Length; k++) to[k] = (row[k] - mean[k]) * scale;
        }

        return (mean, centred);
    }
}
