using Fovea.Core.Errors;
using Fovea.Metrics.Distances;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// Precision and recall by balls that reach to each image's k-th neighbour. Kynkäänniemi et al., "Improved precision and recall
/// metric for assessing generative models", NeurIPS 2019. Both change with the number of images, so both sides are cut to the
/// smaller one, and figures are comparable at one N only. One outlier has a large ball: see <see cref="DensityCoverage"/>.
/// </summary>
public static class PrecisionRecall
{
    /// <summary>The usual number of neighbours.</summary>
    public const int DefaultNeighbours = 3;

    /// <summary>Measures both.</summary>
    /// <param name="real">Features of the real images.</param>
    /// <param name="generated">Features of the generated ones by the same network.</param>
    /// <param name="neighbours">k, from 1 to the images of the smaller set less 1.</param>
    /// <param name="seed">Seed of the subset of the larger set.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">k does not fit, or the networks differ.</exception>
    public static PrecisionRecallResult Measure(
        FeatureMatrix real, FeatureMatrix generated, int neighbours = DefaultNeighbours, ulong seed = 0, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(real);
        real.RequireComparable(generated);
        var images = Math.Min(real.Images, generated.Images);
        var (a, b) = (Subsample.Draw(real, images, seed, 0), Subsample.Draw(generated, images, seed, 1));
        return new PrecisionRecallResult(Covered(b, a, neighbours, threads), Covered(a, b, neighbours, threads), images);
    }

    private static double Covered(FeatureMatrix points, FeatureMatrix centres, int neighbours, int threads) =>
        SupportSearch.ShareAboveZero(SupportSearch.BallsAround(points, centres, SupportSearch.SquaredRadii(centres, neighbours, threads), true, threads));
}

/// <summary>How far two sets of images cover each other.</summary>
/// <param name="Precision">Share of generated images, 0 to 1, that lie where real ones do: fidelity.</param>
/// <param name="Recall">Share of real images, 0 to 1, that lie where generated ones do: variety.</param>
/// <param name="Images">Images a side.</param>
public readonly record struct PrecisionRecallResult(double Precision, double Recall, int Images);

/// <summary>Which balls around the images of one set hold points of another.</summary>
internal static class SupportSearch
{
    /// <summary>Squared distance of each image to its k-th neighbour in its own set: the radius of its ball.</summary>
    public static double[] SquaredRadii(FeatureMatrix features, int k, int threads) =>
        NeighbourSearch.SquaredWithin(features, k, threads).Column(k - 1);

    /// <summary>For each point the number of balls that hold it; a ball's rim belongs to it when <paramref name="closed"/>.</summary>
    public static int[] BallsAround(FeatureMatrix points, FeatureMatrix centres, double[] squaredRadii, bool closed, int threads)
    {
        var counts = new int[points.Images];
        PairBlocks.Visit(points, centres, PairMeasure.SquaredDistance, block =>
        {
            for (var r = 0; r < block.Rows; r++)
            {
                var values = block.Row(r);
                var radii = squaredRadii.AsSpan(block.FirstColumn, values.Length);
                for (var c = 0; c < values.Length; c++)
                    if (values[c] < radii[c] || (closed && values[c] == radii[c])) counts[block.FirstRow + r]++;
            }
        }, threads);
        return counts;
    }

    /// <summary>The part of the counts that are not 0.</summary>
    public static double ShareAboveZero(int[] counts) => counts.Count(count => count > 0) / (double)counts.Length;
}
