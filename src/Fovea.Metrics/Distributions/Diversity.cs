using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Imaging.Grids;

namespace Fovea.Metrics.Distributions;

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
        return PairMean.Measure(
            [.. RandomPairs.Draw(features.Images, pairs, seed)
                .Select(pair => Distance(features.Row(pair.First), features.Row(pair.Second)))]);
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
        var options = Workers.Of(threads);
        Parallel.For(0, values.Length, options, k => values[k] = similarity.Measure(images[drawn[k].First], images[drawn[k].Second]));
        return PairMean.Measure(values);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += ((double)a[k] - b[k]) * ((double)a[k] - b[k]);
        return Math.Sqrt(sum);
    }
}

/// <summary>A mean over pairs of images.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error as if pairs shared no images.</param>
/// <param name="Pairs">Number of pairs.</param>
public readonly record struct PairMean(double Mean, double StandardError, int Pairs)
{
    internal static PairMean Measure(double[] values)
    {
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / Math.Max(values.Length - 1, 1);
        return new PairMean(mean, Math.Sqrt(variance / values.Length), values.Length);
    }
}

/// <summary>Pairs of different images, drawn by seed.</summary>
public static class RandomPairs
{
    private const ulong Stream = 0x50414952;

    /// <summary>Pairs (a, b) with a ≠ b; a pair may come more than once. All pairs once when no more than that are asked for.</summary>
    /// <param name="images">Number of images, at least 2.</param>
    /// <param name="pairs">Number of pairs, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InputException">There are too few images or pairs.</exception>
    public static IReadOnlyList<(int First, int Second)> Draw(int images, int pairs, ulong seed)
    {
        if (images < 2) throw new InputException($"random pairs: {images} images; at least 2 are needed");
        if (pairs < 1) throw new InputException($"random pairs: {pairs} pairs; at least 1 is needed");
        var all = (long)images * (images - 1) / 2;
        if (pairs >= all) return [.. Enumerable.Range(0, images).SelectMany(a => Enumerable.Range(a + 1, images - a - 1).Select(b => (a, b)))];
        var random = new CounterRandom(seed, Stream);
        var drawn = new (int, int)[pairs];
        for (var k = 0; k < pairs; k++)
        {
            var (first, other) = (random.NextInt(images), random.NextInt(images - 1));
            drawn[k] = (first, other >= first ? other + 1 : other);
        }

        return drawn;
    }
}
