using Fovea.Core.Errors;
using Fovea.Core.Random;

namespace Fovea.Evaluation.Statistics;

/// <summary>
/// The bootstrap over images: a statistic is a function of index lists, evaluated on lists drawn with repetition. Efron and
/// Tibshirani, "An introduction to the bootstrap", 1993. Replicate r depends on seed, r and the sizes alone.
/// </summary>
public static class Bootstrap
{
    /// <summary>A statistic of one set of images.</summary>
    /// <param name="images">Number of images, at least 2.</param>
    /// <param name="statistic">Its value for a list of images, in which some may come repeatedly; called from several threads.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="InputException">A setting breaks its rule.</exception>
    public static BootstrapResult Of(int images, Func<int[], double> statistic, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return OfSets([images], lists => statistic(lists[0]), options);
    }

    /// <summary>
    /// The difference first − second of two arms that were measured on the same images: both see the same list, so what makes an
    /// image hard for both cancels.
    /// </summary>
    /// <param name="images">Number of images, at least 2.</param>
    /// <param name="first">The first arm's statistic.</param>
    /// <param name="second">The second arm's.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="InputException">A setting breaks its rule.</exception>
    public static BootstrapResult Paired(int images, Func<int[], double> first, Func<int[], double> second, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Of(images, list => first(list) - second(list), options);
    }

    /// <summary>A statistic of several independent sets, as of real and generated images: each is resampled for itself.</summary>
    /// <param name="sizes">Images of each set, at least 2 each.</param>
    /// <param name="statistic">Its value for a list of images of each set; called from several threads.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="InputException">A setting breaks its rule.</exception>
    public static BootstrapResult OfSets(IReadOnlyList<int> sizes, Func<int[][], double> statistic, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        foreach (var size in sizes)
            if (size < 2) throw new InputException($"bootstrap over {size} images; at least 2 are needed");
        var estimate = statistic([.. sizes.Select(size => Enumerable.Range(0, size).ToArray())]);
        var replicates = new double[options.Replicates];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
        Parallel.For(0, replicates.Length, parallel, r => replicates[r] = statistic(Resample(sizes, options.Seed, r)));
        Array.Sort(replicates);
        var mean = replicates.Average();
        var error = Math.Sqrt(replicates.Sum(value => (value - mean) * (value - mean)) / (replicates.Length - 1));
        var tail = (1 - options.Confidence) / 2;
        var percentile = new Interval(Quantiles.OfSorted(replicates, tail), Quantiles.OfSorted(replicates, 1 - tail));
        var bca = options.Accelerate ? BcaInterval.Of(sizes, statistic, estimate, replicates, options) : null;
        return new BootstrapResult(estimate, error, percentile, bca, replicates);
    }

    /// <summary>The index lists of a replicate, for statistics that work by weights or rows of their own.</summary>
    /// <param name="sizes">Images of each set.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="replicate">Number of the replicate.</param>
    public static int[][] Resample(IReadOnlyList<int> sizes, ulong seed, int replicate)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var lists = new int[sizes.Count][];
        for (var set = 0; set < lists.Length; set++)
        {
            var random = new CounterRandom(seed, ((ulong)set << 32) | (uint)replicate);
            lists[set] = new int[sizes[set]];
            for (var k = 0; k < lists[set].Length; k++) lists[set][k] = random.NextInt(sizes[set]);
        }

        return lists;
    }

    /// <summary>How often each image comes in a list [images]: a mean under these weights is the mean over the list.</summary>
    /// <param name="list">Images.</param>
    /// <param name="images">Number of images there are.</param>
    public static int[] Weights(ReadOnlySpan<int> list, int images)
    {
        var weights = new int[images];
        foreach (var image in list) weights[image]++;
        return weights;
    }
}
