using Fovea.Core.Errors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// Tells classes apart in features: normal distributions of one covariance around a mean for each class, all classes equally likely beforehand (Fisher's linear
/// discriminant). The covariance is drawn a tenth of the way to that of features without correlation, as in Friedman, "Regularized discriminant analysis", JASA
/// 1989:
/// there may be more features than images.
/// </summary>
public sealed class LinearDiscriminant
{
    private const double Shrinkage = 0.1;
    private readonly Matrix<double> _directions;
    private readonly Vector<double> _offsets;

    private LinearDiscriminant(Matrix<double> directions, Vector<double> offsets) => (_directions, _offsets) = (directions, offsets);

    /// <summary>Learns from images whose class is known.</summary>
    /// <param name="features">[images, dimensions].</param>
    /// <param name="labels">The class of each image, from 0.</param>
    /// <param name="classes">Classes K; each needs an image.</param>
    /// <exception cref="InputException">A class has no image, there are no more images than classes, or labels and images differ in number.</exception>
    public static LinearDiscriminant Fit(FeatureMatrix features, IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != features.Images) throw new InputException($"discriminant: {labels.Count} labels of {features.Images} images; as many are needed");
        var counts = new int[classes];
        foreach (var label in labels) counts[label]++;
        if (Array.IndexOf(counts, 0) is >= 0 and var empty) throw new InputException($"discriminant: class {empty} has no image; each needs one");
        if (features.Images <= classes)
            throw new InputException($"discriminant: {features.Images} images of {classes} classes; more images than classes are needed");
        var rows = DenseMatrix.Create(features.Images, features.Dimensions, (image, k) => features.Row(image)[k]);
        var means = DenseMatrix.Create(classes, features.Dimensions, 0);
        for (var image = 0; image < labels.Count; image++)
            for (var k = 0; k < features.Dimensions; k++) means[labels[image], k] += rows[image, k] / counts[labels[image]];
        for (var image = 0; image < labels.Count; image++)
            for (var k = 0; k < features.Dimensions; k++) rows[image, k] -= means[labels[image], k];
        var covariance = rows.TransposeThisAndMultiply(rows).Divide(features.Images - classes);
        Shrink(covariance);
        // Row k of the directions is Σ⁻¹·μ_k.
        var directions = covariance.Cholesky().Solve(means.Transpose()).Transpose();
        return new(directions, Vector<double>.Build.Dense(classes, c => -directions.Row(c).DotProduct(means.Row(c)) / 2));
    }

    /// <summary>The likeliest class of each image.</summary>
    /// <param name="features">[images, dimensions], of the same network.</param>
    public int[] Classify(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [.. Enumerable.Range(0, features.Images).Select(image =>
        {
            var row = Vector<double>.Build.Dense(features.Dimensions, k => features.Row(image)[k]);
            return (_directions.Multiply(row) + _offsets).MaximumIndex();
        })];
    }

    // Towards its own diagonal. A feature that never changes tells nothing: any variance will do for it.
    private static void Shrink(Matrix<double> covariance)
    {
        for (var row = 0; row < covariance.RowCount; row++)
        {
            for (var column = 0; column < covariance.ColumnCount; column++)
            {
                covariance[row, column] = row == column
                    ? (covariance[row, column] > 0 ? covariance[row, column] : 1)
                    : (1 - Shrinkage) * covariance[row, column];
            }
        }
    }
}
