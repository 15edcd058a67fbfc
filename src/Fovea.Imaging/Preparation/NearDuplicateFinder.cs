using System.Collections.Concurrent;
using System.Numerics;
using Fovea.Core;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

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
        Parallel.For(0, all.Length, Workers.Of(threads, cancellation), i =>
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
        Parallel.For(0, near.Length, Workers.Of(threads, cancellation), i =>
            near[i] = Array.Exists(others, other => hashes[i].Distance(other) <= MaxDistance));
        return [.. Enumerable.Range(0, near.Length).Where(i => near[i])];
    }
}

/// <summary>
/// 256 bits that stay nearly the same when a picture is compressed again, resized or slightly brightened: for each cell of a
/// 16×16 grid, whether it is brighter than its right neighbour once the broad illumination is taken away.
/// </summary>
/// <remarks>
/// All retinas share the bright middle and the dark rim; a difference hash of the plain picture spends its bits on that. The
/// mean over a 5×5 neighbourhood is subtracted first, so the bits describe vessels and optic disc.
/// </remarks>
internal readonly record struct PerceptualHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int Columns = 17;
    private const int Rows = 16;

    /// <summary>Number of bits that differ, 0 to 256.</summary>
    public int Distance(PerceptualHash other) =>
        BitOperations.PopCount(A ^ other.A) + BitOperations.PopCount(B ^ other.B) + BitOperations.PopCount(C ^ other.C) + BitOperations.PopCount(D ^ other.D);

    /// <summary>The hash of bytes [size, size, 3].</summary>
    public static PerceptualHash Compute(ReadOnlySpan<byte> rgb, int size)
    {
        Span<float> cells = stackalloc float[Columns * Rows];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++) cells[row * Columns + column] = Mean(rgb, size, row, column);
        }

        Span<float> detail = stackalloc float[cells.Length];
        for (var i = 0; i < cells.Length; i++) detail[i] = cells[i] - Neighbourhood(cells, i / Columns, i % Columns);
        Span<ulong> words = stackalloc ulong[4];
        for (var bit = 0; bit < 256; bit++)
        {
            var at = bit / 16 * Columns + bit % 16;
            if (detail[at] > detail[at + 1]) words[bit / 64] |= 1UL << (bit % 64);
        }

        return new PerceptualHash(words[0], words[1], words[2], words[3]);
    }

    /// <summary>
    /// The hash of bytes [size, size, 3] as the image would have it at <paramref name="reduced"/> pixels. The cells' borders fall
    /// on whole pixels, so one photograph at 64 and at 512 pixels differs in 21 bits (median of 60), reduced first in 4.
    /// </summary>
    public static PerceptualHash Compute(ReadOnlySpan<byte> rgb, int size, int reduced) =>
        reduced >= size ? Compute(rgb, size) : Compute(AreaResampler.Resize(new RgbImage(size, size, rgb.ToArray()), 0, 0, size, reduced), reduced);

    private static float Mean(ReadOnlySpan<byte> rgb, int size, int row, int column)
    {
        // The middle nine tenths: the circle's edge is the same in every picture. A picture of 16 pixels has fewer of them than there are cells, each of which
        // has one pixel at least.
        var (start, length) = (size * 0.05, size * 0.9);
        var (left, top) = ((int)(start + length * column / Columns), (int)(start + length * row / Rows));
        var right = Math.Max(left + 1, (int)(start + length * (column + 1) / Columns));
        var bottom = Math.Max(top + 1, (int)(start + length * (row + 1) / Rows));
        var sum = 0;
        for (var y = top; y < bottom; y++)
        {
            // Green shows the vessels best.
            for (var x = left; x < right; x++) sum += rgb[(y * size + x) * 3] + 2 * rgb[(y * size + x) * 3 + 1];
        }

        return sum / (float)((right - left) * (bottom - top));
    }

    private static float Neighbourhood(ReadOnlySpan<float> cells, int row, int column)
    {
        var (sum, count) = (0f, 0);
        for (var y = Math.Max(0, row - 2); y <= Math.Min(Rows - 1, row + 2); y++)
        {
            for (var x = Math.Max(0, column - 2); x <= Math.Min(Columns - 1, column + 2); x++)
            {
                sum += cells[y * Columns + x];
                count++;
            }
        }

        return sum / count;
    }
}
