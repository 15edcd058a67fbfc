using System.Numerics;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;
using Fovea.Metrics.Distances;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// The nearest image by <see cref="AlignedPixelDistance"/>, which no network has to agree with. Candidates are those with the
/// nearest thumbnails, the mirror image's among them; only these are compared shift by shift.
/// </summary>
public static class PixelNeighbours
{
    /// <summary>Images are compared at this side at most: shifts take the fourth power of it.</summary>
    public const int LargestSide = 64;

    private const int ThumbnailSide = 16;
    private const int Candidates = 4;
    private const int Nearest = 2;

    /// <summary>For each query the nearest references: the two nearest of the candidates, where there are as many.</summary>
    /// <param name="queries">The images that ask.</param>
    /// <param name="references">The images among which to look, all of one square size with the queries.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="InputException">There is no reference, or the sizes differ.</exception>
    public static NeighbourTable Across(
        IReadOnlyList<RgbImage> queries, IReadOnlyList<RgbImage> references, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(references);
        var options = Workers.Of(threads, cancellation);
        if (queries.Count > 0)
            foreach (var reference in references) MultiScaleSimilarity.RequireSameSize(queries[0], reference);
        var (asked, among) = (Reduced(queries, LargestSide, options), Reduced(references, LargestSide, options));
        var count = Math.Min(Candidates, among.Length);
        var thumbnails = Thumbnails(among, options);
        var plain = NeighbourSearch.Across(Thumbnails(asked, options), thumbnails, count, threads, cancellation);
        var mirrored = NeighbourSearch.Across(
            Thumbnails([.. asked.Select(AlignedPixelDistance.Mirrored)], options), thumbnails, count, threads, cancellation);
        var nearest = Math.Min(Nearest, among.Length);
        var table = new NeighbourTable(asked.Length, nearest, new int[asked.Length * nearest], new double[asked.Length * nearest]);
        Parallel.For(0, asked.Length, options, row =>
        {
            var candidates = Enumerable.Range(0, count).SelectMany(rank => new[] { plain.Index(row, rank), mirrored.Index(row, rank) }).Distinct();
            var ranked = candidates.Select(other => (Distance: AlignedPixelDistance.Between(asked[row], among[other]), Image: other)).Order().Take(nearest);
            foreach (var (rank, found) in ranked.Index()) (table.Distances[(row * nearest) + rank], table.Indices[(row * nearest) + rank]) = found;
        });
        return table;
    }

    private static RgbImage[] Reduced(IReadOnlyList<RgbImage> images, int side, ParallelOptions options)
    {
        var reduced = new RgbImage[images.Count];
        Parallel.For(0, reduced.Length, options, k =>
        {
            var image = images[k];
            reduced[k] = image.Width <= side ? image : new RgbImage(side, side, AreaResampler.Resize(image, 0, 0, image.Width, side));
        });
        return reduced;
    }

    private static FeatureMatrix Thumbnails(RgbImage[] images, ParallelOptions options)
    {
        var values = new float[images.Length * ThumbnailSide * ThumbnailSide * 3];
        Parallel.For(0, images.Length, options, k =>
        {
            var pixels = AreaResampler.Resize(images[k], 0, 0, images[k].Width, ThumbnailSide);
            for (var i = 0; i < pixels.Length; i++) values[(k * pixels.Length) + i] = pixels[i];
        });
        return new FeatureMatrix(values, ThumbnailSide * ThumbnailSide * 3, "thumbnails", "thumbnails");
    }
}

/// <summary>
/// How far two images are apart once one may be shifted a little and mirrored: what a copy cannot hide behind. Shifts reach
/// 2 pixels at a side of 64 and as much in proportion at others.
/// </summary>
public static class AlignedPixelDistance
{
    private const double ShiftOfSide = 2.0 / 64;

    /// <summary>The largest shift along each axis for images of a side, pixels; at least 1.</summary>
    public static int LargestShift(int side) => Math.Max(1, (int)Math.Round(side * ShiftOfSide));

    /// <summary>
    /// The least root mean square difference, 0 to 255, over all shifts and the mirror image, each over the pixels that both show.
    /// </summary>
    /// <exception cref="InputException">The sizes differ.</exception>
    public static double Between(RgbImage first, RgbImage second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        MultiScaleSimilarity.RequireSameSize(first, second);
        var shift = LargestShift(Math.Min(first.Width, first.Height));
        var least = double.PositiveInfinity;
        foreach (var other in new[] { second, Mirrored(second) })
        {
            for (var dy = -shift; dy <= shift; dy++)
            {
                for (var dx = -shift; dx <= shift; dx++)
                    least = Math.Min(least, MeanSquare(first, other, dx, dy, least));
            }
        }

        return Math.Sqrt(least);
    }

    /// <summary>The image with left and right exchanged.</summary>
    internal static RgbImage Mirrored(RgbImage image)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
                image.Pixels.AsSpan((y * image.Width + x) * 3, 3).CopyTo(pixels.AsSpan((y * image.Width + image.Width - 1 - x) * 3));
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    /// <summary>
    /// Compares pixel (x, y) of the first with (x + dx, y + dy) of the second; infinity as soon as it cannot be below
    /// <paramref name="limit"/>.
    /// </summary>
    private static double MeanSquare(RgbImage first, RgbImage second, int dx, int dy, double limit)
    {
        var (left, right) = (Math.Max(0, -dx), Math.Min(first.Width, first.Width - dx));
        var (top, bottom) = (Math.Max(0, -dy), Math.Min(first.Height, first.Height - dy));
        if (left >= right || top >= bottom) return double.PositiveInfinity;
        var (sum, count) = (0L, 3.0 * (right - left) * (bottom - top));
        for (var y = top; y < bottom && sum < limit * count; y++)
        {
            var a = first.Pixels.AsSpan((y * first.Width + left) * 3, (right - left) * 3);
            var b = second.Pixels.AsSpan(((y + dy) * first.Width + left + dx) * 3, a.Length);
            sum += SquaredDifference(a, b);
        }

        return sum < limit * count ? sum / count : double.PositiveInfinity;
    }

    // Whole numbers: a square of a difference fits into 16 bits, the sum of a line into 32.
    private static uint SquaredDifference(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var (sums, k) = (Vector<uint>.Zero, 0);
        for (; k <= first.Length - Vector<byte>.Count; k += Vector<byte>.Count)
        {
            var (a, b) = (new Vector<byte>(first[k..]), new Vector<byte>(second[k..]));
            Vector.Widen(Vector.Max(a, b) - Vector.Min(a, b), out var low, out var high);
            Vector.Widen(low * low, out var one, out var two);
            Vector.Widen(high * high, out var three, out var four);
            sums += one + two + three + four;
        }

        var sum = Vector.Sum(sums);
        for (; k < first.Length; k++) sum += (uint)((first[k] - second[k]) * (first[k] - second[k]));
        return sum;
    }
}
