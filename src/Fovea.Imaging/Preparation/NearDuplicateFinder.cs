using System.Collections.Concurrent;
using System.Numerics;

namespace Fovea.Imaging.Preparation;

/// <summary>Finds pairs of images whose perceptual hashes differ in few bits.</summary>
/// <remarks>
/// Every pair is compared, most of them by the first half of the bits alone; memory is needed only for the hashes and the pairs
/// found. Index structures for such large radii do not pay on hashes as skewed as retinas', and for 100,000 images the search
/// takes a small part of the time that decoding them takes.
/// </remarks>
internal static class NearDuplicateFinder
{
    /// <summary>Two images are near-duplicates up to this many differing bits of 256.</summary>
    public const int MaxDistance = 28;

    /// <summary>All pairs (first index lower) up to <see cref="MaxDistance"/>, ordered.</summary>
    public static List<(int First, int Second)> Find(IReadOnlyList<PerceptualHash> hashes, int threads, CancellationToken cancellation = default)
    {
        var halves = hashes.Select(h => (h.A, h.B)).ToArray();
        var all = hashes.ToArray();
        var pairs = new ConcurrentBag<(int, int)>();
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            var (a, b) = halves[i];
            var rest = halves.AsSpan(i + 1);
            for (var j = 0; j < rest.Length; j++)
            {
                if (BitOperations.PopCount(a ^ rest[j].A) + BitOperations.PopCount(b ^ rest[j].B) > MaxDistance) continue;
                if (all[i].Distance(all[i + 1 + j]) <= MaxDistance) pairs.Add((i, i + 1 + j));
            }
        });
        return [.. pairs.Order()];
    }

    /// <summary>The indices of the <paramref name="hashes"/> that are near one of the <paramref name="others"/>, ascending.</summary>
    public static List<int> FindNear(IReadOnlyList<PerceptualHash> hashes, PerceptualHash[] others, int threads, CancellationToken cancellation = default)
    {
        var near = new bool[hashes.Count];
        Parallel.For(0, near.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
            near[i] = Array.Exists(others, other => hashes[i].Distance(other) <= MaxDistance));
        return [.. Enumerable.Range(0, near.Length).Where(i => near[i])];
    }
}
