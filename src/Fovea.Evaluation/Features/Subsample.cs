using Fovea.Core.Random;

namespace Fovea.Evaluation.Features;

/// <summary>Images drawn by seed, each at most once.</summary>
public static class Subsample
{
    /// <summary>All numbers from 0 to <paramref name="count"/> − 1 in a random order.</summary>
    public static int[] Order(int count, ulong seed, ulong stream)
    {
        var order = new int[count];
        for (var k = 0; k < count; k++) order[k] = k;
        new CounterRandom(seed, stream).Shuffle<int>(order);
        return order;
    }

    /// <summary>Some of the images: <paramref name="count"/> of them in a random order, or the matrix itself when it has no more.</summary>
    public static FeatureMatrix Of(FeatureMatrix features, int count, ulong seed, ulong stream)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Images <= count ? features : features.Select(Order(features.Images, seed, stream).AsSpan(0, count));
    }
}
