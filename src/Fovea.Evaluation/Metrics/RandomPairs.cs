using Fovea.Core.Errors;
using Fovea.Core.Random;

namespace Fovea.Evaluation.Metrics;

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
