using Fovea.Core.Errors;
using Fovea.Metrics.Distances;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// The unbiased squared maximum mean discrepancy with the kernel (x · y / dimensions + 1)³. Gretton et al., JMLR 2012; for images
/// Bińkowski et al., "Demystifying MMD GANs", ICLR 2018. Unlike a Fréchet distance it has the same mean at any number of images.
/// </summary>
public static class KernelDistance
{
    /// <summary>The distance between two sets, each of at least 2 images; 0 on average where both have one distribution.</summary>
    /// <param name="first">One set.</param>
    /// <param name="second">The other, of any number of images.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">A set has one image, or the networks differ.</exception>
    public static double Between(FeatureMatrix first, FeatureMatrix second, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        first.RequireComparable(second);
        first.RequireImages(2, "kernel distance");
        second.RequireImages(2, "kernel distance");
        var across = KernelSum(first, second, false, threads) / ((double)first.Images * second.Images);
        return Within(first, threads) + Within(second, threads) - 2 * across;
    }

    /// <summary>Mean of the kernel over pairs of different images.</summary>
    private static double Within(FeatureMatrix features, int threads) =>
        KernelSum(features, features, true, threads) / ((double)features.Images * (features.Images - 1));

    private static double KernelSum(FeatureMatrix rows, FeatureMatrix columns, bool skipSelf, int threads)
    {
        var sums = new double[rows.Images];
        var scale = 1.0 / rows.Dimensions;
        PairBlocks.Visit(rows, columns, PairMeasure.DotProduct, block =>
        {
            for (var r = 0; r < block.Rows; r++)
            {
                var values = block.Row(r);
                var self = skipSelf ? block.FirstRow + r - block.FirstColumn : -1;
                for (var c = 0; c < values.Length; c++)
                {
                    if (c == self) continue;
                    var linear = values[c] * scale + 1;
                    sums[block.FirstRow + r] += linear * linear * linear;
                }
            }
        }, threads);
        return sums.Sum();
    }
}

/// <summary>A kernel distance over subsets. Unbiased, so it may be negative where both sides are alike.</summary>
/// <param name="Mean">Mean over the subsets.</param>
/// <param name="StandardDeviation">Standard deviation over the subsets: that of a figure of one subset.</param>
/// <param name="StandardError">The mean's, as if the subsets shared no images. It does not tell how another model would do.</param>
/// <param name="SubsetSize">Images a side in each subset.</param>
/// <param name="Subsets">The value of each subset.</param>
public sealed record KernelDistanceResult(double Mean, double StandardDeviation, double StandardError, int SubsetSize, IReadOnlyList<double> Subsets);
