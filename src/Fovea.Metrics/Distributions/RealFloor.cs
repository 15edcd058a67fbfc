using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;

namespace Fovea.Metrics.Distributions;

/// <summary>Measures <see cref="FrechetFloor"/>: real images against other real images, as many as are compared elsewhere.</summary>
public static class RealFloor
{
    /// <summary>Splits the images at random into two disjoint parts and measures their distance, several times.</summary>
    /// <param name="real">Features of the real images.</param>
    /// <param name="size">Images a part, from 2 to half of them; 0 for half.</param>
    /// <param name="splits">Number of splits, at least 1.</param>
    /// <param name="seed">Seed of the splits.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">A setting breaks a rule.</exception>
    public static FrechetFloor Measure(FeatureMatrix real, int size, int splits, ulong seed, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(real);
        real.RequireImages(4, "real floor");
        var half = real.Images / 2;
        var part = size == 0 ? half : size;
        if (part < 2 || part > half) throw new InputException($"real floor: {part} images a part; allowed: 2 to {half}, half of the real images");
        if (splits < 1) throw new InputException($"real floor: {splits} splits; at least 1 is needed");
        var distances = new double[splits];
        var options = Workers.Of(threads);
        Parallel.For(0, splits, options, split =>
        {
            var order = Subsample.Order(real.Images, seed, (ulong)split);
            distances[split] = FrechetDistance.Between(real.Select(order.AsSpan(0, part)), real.Select(order.AsSpan(part, part)), threads: 1);
        });
        var mean = distances.Average();
        var deviation = splits > 1 ? Spread.Deviation(distances, mean) : 0;
        return new FrechetFloor(part, mean, deviation, distances);
    }
}

/// <summary>How many images make a set that can be judged.</summary>
public static class SetSize
{
    /// <summary>The least, of real as of generated images.</summary>
    public const int Least = 20;
}
