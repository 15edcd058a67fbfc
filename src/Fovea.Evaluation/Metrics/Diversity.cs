using Fovea.Core.Errors;
using Fovea.Evaluation.Features;
using Fovea.Imaging.Grids;

namespace Fovea.Evaluation.Metrics;

/// <summary>
/// How different the images of one set are from each other. Neither figure means anything alone: give it beside the same figure of
/// as many real images.
/// </summary>
public static class Diversity
{
    /// <summary>Mean Euclidean distance of the features of two images; the larger, the more variety.</summary>
    /// <param name="features">At least 2 images.</param>
    /// <param name="pairs">Pairs to draw; all pairs when there are no more.</param>
    /// <param name="seed">Seed of the pairs.</param>
    /// <exception cref="InputException">There are too few images or pairs.</exception>
    public static PairMean FeatureDistance(FeatureMatrix features, int pairs, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(features);
        return PairMean.Of([.. RandomPairs.Draw(features.Images, pairs, seed).Select(pair => Distance(features.Row(pair.First), features.Row(pair.Second)))]);
    }

    /// <summary>Mean <see cref="MultiScaleSimilarity"/> of two images; the smaller, the more variety.</summary>
    /// <param name="images">At least 2 images of one size.</param>
    /// <param name="pairs">Pairs to draw; all pairs when there are no more.</param>
    /// <param name="seed">Seed of the pairs.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">There are too few images or pairs, or the sizes differ or are too small.</exception>
    public static PairMean Similarity(IReadOnlyList<RgbImage> images, int pairs, ulong seed, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        var drawn = RandomPairs.Draw(images.Count, pairs, seed);
        for (var k = 1; k < images.Count; k++) MultiScaleSimilarity.RequireSameSize(images[0], images[k]);
        var similarity = new MultiScaleSimilarity(images[0].Width, images[0].Height);
        var values = new double[drawn.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, values.Length, options, k => values[k] = similarity.Of(images[drawn[k].First], images[drawn[k].Second]));
        return PairMean.Of(values);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += ((double)a[k] - b[k]) * ((double)a[k] - b[k]);
        return Math.Sqrt(sum);
    }
}
