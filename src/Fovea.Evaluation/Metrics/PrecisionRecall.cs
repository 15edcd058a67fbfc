using Fovea.Core.Errors;
using Fovea.Evaluation.Features;

namespace Fovea.Evaluation.Metrics;

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
        var (a, b) = (Subsample.Of(real, images, seed, 0), Subsample.Of(generated, images, seed, 1));
        return new PrecisionRecallResult(Covered(b, a, neighbours, threads), Covered(a, b, neighbours, threads), images);
    }

    private static double Covered(FeatureMatrix points, FeatureMatrix centres, int neighbours, int threads) =>
        SupportSearch.ShareAboveZero(SupportSearch.BallsAround(points, centres, SupportSearch.SquaredRadii(centres, neighbours, threads), true, threads));
}
