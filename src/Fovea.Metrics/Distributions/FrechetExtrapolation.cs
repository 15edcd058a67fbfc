using Fovea.Core;
using Fovea.Core.Errors;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// The Fréchet distance without its bias: distances of subsets of several sizes N lie about on a line in 1/N, whose value at 0 is
/// that of infinitely many images. Chong and Forsyth, "Effectively unbiased FID and Inception Score", CVPR 2020. Here both sides
/// shrink together, since real photographs are as few as generated ones. The line holds while N is above the dimensions that
/// carry the variance; below, the curve is steeper than a line.
/// </summary>
public static class FrechetExtrapolation
{
    private const int LeastImages = 10;

    /// <summary>Sizes from a fifth of the images to all, evenly spaced in 1/N.</summary>
    /// <param name="images">Images of the smaller side.</param>
    /// <exception cref="InputException">There are fewer than 10.</exception>
    public static int[] DefaultSizes(int images)
    {
        if (images < LeastImages) throw new InputException($"extrapolated Fréchet distance: {images} images; at least {LeastImages} are needed");
        return [.. Enumerable.Range(1, 5).Select(part => images / part)];
    }

    /// <summary>Draws subsets, measures them and extrapolates.</summary>
    /// <param name="first">One side.</param>
    /// <param name="second">The other.</param>
    /// <param name="sizes">Subset sizes N: two different ones at least, each from 2 to the images of the smaller side.</param>
    /// <param name="draws">Subsets of each size, at least 2; those of one size share images only where there are too few.</param>
    /// <param name="seed">Seed of the subsets.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">A setting breaks a rule.</exception>
    public static FrechetLimit Fit(FeatureMatrix first, FeatureMatrix second, IReadOnlyList<int> sizes, int draws, ulong seed, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(sizes);
        first.RequireComparable(second);
        Validate(sizes, draws, Math.Min(first.Images, second.Images));
        var points = new FrechetPoint[sizes.Count * draws];
        var options = Workers.Of(threads);
        Parallel.For(0, points.Length, options, k =>
        {
            var size = sizes[k / draws];
            var distance = FrechetDistance.Between(Part(first, size, k % draws, seed, 0), Part(second, size, k % draws, seed, 1), threads: 1);
            points[k] = new FrechetPoint(size, distance);
        });
        return Line(points);
    }

    private static void Validate(IReadOnlyList<int> sizes, int draws, int images)
    {
        if (sizes.Distinct().Count() < 2) throw new InputException("extrapolated Fréchet distance: at least two different subset sizes are needed for a line");
        foreach (var size in sizes)
        {
            if (size < 2 || size > images)
                throw new InputException($"extrapolated Fréchet distance: subset size {size} is not from 2 to {images}, the images of the smaller side");
        }

        if (draws < 2) throw new InputException($"extrapolated Fréchet distance: {draws} draws of a size; at least 2 are needed");
    }

    /// <summary>Subset <paramref name="draw"/> of a size: the next piece of a random order, and of another order when that is used up.</summary>
    private static FeatureMatrix Part(FeatureMatrix features, int size, int draw, ulong seed, ulong side)
    {
        var pieces = features.Images / size;
        var order = Subsample.Order(features.Images, seed, ((ulong)size << 32) | ((ulong)(draw / pieces) << 1) | side);
        return features.Select(order.AsSpan(draw % pieces * size, size));
    }

    /// <summary>Weighted least squares: a distance of N images has a variance of about 1/N, hence weight N.</summary>
    private static FrechetLimit Line(FrechetPoint[] points)
    {
        var (weights, mean, height) = (0.0, 0.0, 0.0);
        foreach (var (images, distance) in points) (weights, mean, height) = (weights + images, mean + 1, height + images * distance);
        (mean, height) = (mean / weights, height / weights);
        var (spread, product) = (0.0, 0.0);
        foreach (var (images, distance) in points)
        {
            var offset = 1.0 / images - mean;
            (spread, product) = (spread + images * offset * offset, product + images * offset * (distance - height));
        }

        var slope = product / spread;
        var value = height - slope * mean;
        var residual = points.Sum(point => point.Images * Math.Pow(point.Distance - value - slope / point.Images, 2)) / (points.Length - 2);
        return new FrechetLimit(value, Math.Sqrt(residual * (1 / weights + mean * mean / spread)), slope, points);
    }
}

/// <summary>The Fréchet distance that images of one kind have from each other: a generator cannot be told to do better.</summary>
/// <param name="Images">Images a side, N.</param>
/// <param name="Mean">Mean over the splits.</param>
/// <param name="StandardDeviation">Standard deviation over the splits; they share images, so it is not that of new images.</param>
/// <param name="Distances">The distance of each split.</param>
public sealed record FrechetFloor(int Images, double Mean, double StandardDeviation, IReadOnlyList<double> Distances);

/// <summary>The Fréchet distance that remains for ever more images, by a line in 1/N.</summary>
/// <param name="Value">The line's value at 1/N = 0; sampling noise may take it below 0.</param>
/// <param name="StandardError">
/// Its standard error from the scatter about the line. Subsets share images, so it leaves out what other images would have given.
/// </param>
/// <param name="Slope">The line's slope: distance = value + slope / N.</param>
/// <param name="Points">Every measured (N, distance).</param>
public sealed record FrechetLimit(double Value, double StandardError, double Slope, IReadOnlyList<FrechetPoint> Points);

/// <summary>One measured Fréchet distance.</summary>
/// <param name="Images">Images a side, N.</param>
/// <param name="Distance">The distance.</param>
public readonly record struct FrechetPoint(int Images, double Distance);
