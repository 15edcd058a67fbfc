using Fovea.Evaluation.Distances;
using Fovea.Evaluation.Features;

namespace Fovea.Evaluation.Metrics;

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
