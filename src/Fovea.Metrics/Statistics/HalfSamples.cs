using Fovea.Core;
using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

/// <summary>
/// Standard errors of statistics of one or two sets of images from random halves, drawn without repetition: the standard deviation of
/// a statistic over halves is about its standard error for all images (the delete-half jackknife: Shao and Wu, "A general theory for
/// jackknife variance estimation", Annals of Statistics 1989). A bootstrap would repeat images, and two equal images are each other's
/// nearest neighbours at distance 0: what rests on neighbours or on unbiased sums over pairs means something else then.
/// </summary>
public static class HalfSamples
{
    private const int LeastImages = 4;
    private const int LeastReplicates = 10;

    /// <summary>Standard errors of several statistics at once.</summary>
    /// <param name="sizes">Images of each set, at least 4.</param>
    /// <param name="statistics">Their values for a list of different images of each set; called from several threads.</param>
    /// <param name="replicates">Number of halves, at least 10.</param>
    /// <param name="seed">Seed of the halves.</param>
    /// <param name="threads">Threads, 0 for one a core; the result does not depend on it.</param>
    /// <exception cref="InputException">A set is too small, or there are too few replicates.</exception>
    public static double[] StandardErrors(IReadOnlyList<int> sizes, Func<int[][], double[]> statistics, int replicates, ulong seed, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(statistics);
        if (replicates < LeastReplicates) throw new InputException($"half-samples: {replicates} replicates; at least {LeastReplicates} are needed");
        foreach (var size in sizes)
            if (size < LeastImages) throw new InputException($"half-samples of {size} images; at least {LeastImages} are needed");
        var values = new double[replicates][];
        var options = Workers.Of(threads);
        Parallel.For(0, replicates, options, r => values[r] = statistics([.. sizes.Select((size, set) => Half(size, seed, r, set))]));
        return [.. Enumerable.Range(0, values[0].Length).Select(k => Deviation([.. values.Select(value => value[k])]))];
    }

    /// <summary>The 95 % interval of a value with a standard error, cut to the values that the statistic can have.</summary>
    /// <param name="value">The value for all images.</param>
    /// <param name="standardError">Its standard error.</param>
    /// <param name="least">Least possible value.</param>
    /// <param name="most">Largest possible value.</param>
    public static Interval Around(double value, double standardError, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        var half = NormalQuantile.TwoSided(0.95) * standardError;
        return new Interval(Math.Max(value - half, least), Math.Min(value + half, most));
    }

    private static int[] Half(int size, ulong seed, int replicate, int set) =>
        Subsample.Order(size, seed, ((ulong)replicate << 8) | (uint)set)[..(size / 2)];

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Spread.Deviation(values, mean);
    }
}
