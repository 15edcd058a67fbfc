using System.Collections.Concurrent;
using System.Numerics;

namespace Fovea.Imaging.Preparation;

/// <summary>Finds pairs of images whose perceptual hashes differ in few bits.</summary>
/// <remarks>
/// Every pair is compared, most of them by the first 64 bits alone: about a second for 100,000 images on two cores, and memory
/// only for the hashes and the pairs found. Index structures for such large radii do not pay on hashes as skewed as retinas'.
/// </remarks>
internal static class NearDuplicateFinder
{
    /// <summary>Two images are near-duplicates up to this many differing bits of 256.</summary>
    public const int MaxDistance = 28;

    /// <summary>All pairs (first index lower) up to <see cref="MaxDistance"/>, ordered.</summary>
    public static List<(int First, int Second)> Find(IReadOnlyList<PerceptualHash> hashes, int threads, CancellationToken cancellation = default)
    {
        var first = hashes.Select(h => h.A).ToArray();
        var all = hashes.ToArray();
        var pairs = new ConcurrentBag<(int, int)>();
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            var word = first[i];
            for (var j = i + 1; j < first.Length; j++)
            {
                if (BitOperations.PopCount(word ^ first[j]) <= MaxDistance && all[i].Distance(all[j]) <= MaxDistance) pairs.Add((i, j));
            }
        });
        return [.. pairs.Order()];
    }
}
