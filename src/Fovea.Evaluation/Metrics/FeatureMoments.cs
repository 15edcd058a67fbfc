using Fovea.Core.Errors;
using Fovea.Evaluation.Features;
using Fovea.Evaluation.Numerics;

namespace Fovea.Evaluation.Metrics;

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
    public static FeatureMoments Of(FeatureMatrix features, int threads = 0)
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
