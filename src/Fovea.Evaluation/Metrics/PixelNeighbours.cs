using Fovea.Core.Errors;
using Fovea.Evaluation.Distances;
using Fovea.Evaluation.Features;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Evaluation.Metrics;

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

    /// <summary>For each query the nearest reference.</summary>
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
        var (asked, among) = (Reduced(queries, LargestSide), Reduced(references, LargestSide));
        var count = Math.Min(Candidates, among.Length);
        var thumbnails = Thumbnails(among);
        var plain = NeighbourSearch.Across(Thumbnails(asked), thumbnails, count, threads, cancellation);
        var mirrored = NeighbourSearch.Across(Thumbnails([.. asked.Select(AlignedPixelDistance.Mirrored)]), thumbnails, count, threads, cancellation);
        var table = new NeighbourTable(asked.Length, 1, new int[asked.Length], new double[asked.Length]);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, asked.Length, options, row =>
        {
            var candidates = Enumerable.Range(0, count).SelectMany(rank => new[] { plain.Index(row, rank), mirrored.Index(row, rank) }).Distinct();
            (table.Distances[row], table.Indices[row]) = candidates.Select(other => (AlignedPixelDistance.Between(asked[row], among[other]), other)).Min();
        });
        return table;
    }

    private static RgbImage[] Reduced(IReadOnlyList<RgbImage> images, int side) =>
        [.. images.AsParallel().AsOrdered().Select(image => image.Width <= side ? image : new RgbImage(side, side, AreaResampler.Resize(image, 0, 0, image.Width, side)))];

    private static FeatureMatrix Thumbnails(RgbImage[] images)
    {
        var values = new float[images.Length * ThumbnailSide * ThumbnailSide * 3];
        Parallel.For(0, images.Length, k =>
        {
            var pixels = AreaResampler.Resize(images[k], 0, 0, images[k].Width, ThumbnailSide);
            for (var i = 0; i < pixels.Length; i++) values[(k * pixels.Length) + i] = pixels[i];
        });
        return new FeatureMatrix(values, ThumbnailSide * ThumbnailSide * 3, "thumbnails", "thumbnails");
    }
}
