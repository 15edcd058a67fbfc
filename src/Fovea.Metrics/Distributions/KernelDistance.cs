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

    /// <summary>The distance between subsets of both sets, drawn by seed without repetition within a subset.</summary>
    /// <param name="first">One set.</param>
    /// <param name="second">The other.</param>
    /// <param name="subsets">Number of subsets, at least 1.</param>
    /// <param name="size">Images a side, from 2 to those of the smaller set; half of them or fewer lets subsets differ.</param>
    /// <param name="seed">Seed of the subsets.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">A setting breaks a rule, or the networks differ.</exception>
    public static KernelDistanceResult OverSubsets(FeatureMatrix first, FeatureMatrix second, int subsets, int size, ulong seed, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        first.RequireComparable(second);
        var most = Math.Min(first.Images, second.Images);
        if (size < 2 || size > most) throw new InputException($"kernel distance: subset size {size}; allowed: 2 to {most}, the images of the smaller set");
        if (subsets < 1) throw new InputException($"kernel distance: {subsets} subsets; at least 1 is needed");
        var values = new double[subsets];
        for (var k = 0; k < subsets; k++)
        {
            var (a, b) = (Subsample.Order(first.Images, seed, 2 * (ulong)k), Subsample.Order(second.Images, seed, 2 * (ulong)k + 1));
            values[k] = Between(first.Select(a.AsSpan(0, size)), second.Select(b.AsSpan(0, size)), threads);
        }

        var mean = values.Average();
        var deviation = subsets > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (subsets - 1)) : 0;
        return new KernelDistanceResult(mean, deviation, deviation / Math.Sqrt(subsets), size, values);
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
