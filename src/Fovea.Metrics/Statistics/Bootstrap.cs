using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Random;
using MathNet.Numerics.Distributions;

namespace Fovea.Metrics.Statistics;

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
    public static BootstrapResult Estimate(int images, Func<int[], double> statistic, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return OfSets([images], lists => statistic(lists[0]), options);
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
        var parallel = Workers.Of(options.Threads);
        Parallel.For(0, replicates.Length, parallel, r => replicates[r] = statistic(Resample(sizes, options.Seed, r)));
        replicates = [.. replicates.Where(value => !double.IsNaN(value)).Order()];
        if (replicates.Length == 0) return new BootstrapResult(estimate, double.NaN, new Interval(double.NaN, double.NaN), null, replicates);
        var mean = replicates.Average();
        var error = Spread.Deviation(replicates, mean);
        var tail = (1 - options.Confidence) / 2;
        var percentile = new Interval(Quantiles.OfSorted(replicates, tail), Quantiles.OfSorted(replicates, 1 - tail));
        var bca = options.Accelerate ? BcaInterval.Estimate(sizes, statistic, estimate, replicates, options) : null;
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

/// <summary>Settings of <see cref="Bootstrap"/>.</summary>
public sealed record BootstrapOptions
{
    private const int LeastReplicates = 20;

    /// <summary>Number of resamples, at least 20; 2,000 and more for BCa intervals of 95 %.</summary>
    public int Replicates { get; init; } = 2000;

    /// <summary>Confidence of the intervals, between 0 and 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seed of the resamples; equal seeds and sizes give equal resamples, so that two statistics can be paired.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads, 0 for one a core; the result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Whether to leave each image out once for the BCa interval: one more evaluation of the statistic an image.</summary>
    public bool Accelerate { get; init; } = true;

    /// <summary>Throws <see cref="InputException"/> when a setting breaks its rule.</summary>
    public void Validate()
    {
        if (Replicates < LeastReplicates) throw new InputException($"bootstrap: {Replicates} replicates; at least {LeastReplicates} are needed");
        NormalQuantile.RequireConfidence(Confidence);
    }
}

/// <summary>What a bootstrap tells of a statistic.</summary>
/// <param name="Estimate">The statistic of the images as they are.</param>
/// <param name="StandardError">Standard deviation of the replicates.</param>
/// <param name="Percentile">
/// Interval between quantiles of the replicates. Resamples repeat images: a biased statistic, as a Fréchet distance is, moves, and
/// this interval with it.
/// </param>
/// <param name="Bca">Interval corrected for bias and skewness; null when it was not asked for or the replicates do not vary.</param>
/// <param name="Replicates">The statistic of each resample, sorted, but for resamples of which it is NaN: they say nothing.</param>
public sealed record BootstrapResult(double Estimate, double StandardError, Interval Percentile, Interval? Bca, IReadOnlyList<double> Replicates);

/// <summary>
/// Quantiles of the replicates at shares corrected for the replicates' bias and, by leaving each image out, for the statistic's
/// skewness. Efron, "Better bootstrap confidence intervals", JASA 1987.
/// </summary>
internal static class BcaInterval
{
    public static Interval? Estimate(IReadOnlyList<int> sizes, Func<int[][], double> statistic, double estimate, double[] sorted, BootstrapOptions options)
    {
        if (sorted[0] == sorted[^1]) return null;
        // Replicates equal to the estimate count half, so that a statistic with few values is not called biased. An estimate
        // beyond all replicates would put the bias at infinity: it is taken as half a replicate beyond.
        var below = (sorted.Count(value => value < estimate) + sorted.Count(value => value <= estimate)) / (2.0 * sorted.Length);
        var bias = Normal.InvCDF(0, 1, Math.Clamp(below, 0.5 / sorted.Length, 1 - 0.5 / sorted.Length));
        var acceleration = Acceleration(sizes, statistic, options);
        var z = NormalQuantile.TwoSided(options.Confidence);
        return new Interval(At(-z), At(z));

        double At(double normal)
        {
            var shifted = bias + normal;
            return Quantiles.OfSorted(sorted, Normal.CDF(0, 1, bias + shifted / (1 - acceleration * shifted)));
        }
    }

    /// <summary>
    /// Σ U³ / (6 (Σ U²)^1.5) with U what an image moves the statistic by, over its set's size. With one set the usual formula; with
    /// several that of Davison and Hinkley, "Bootstrap methods and their application", 1997, 5.3.2.
    /// </summary>
    private static double Acceleration(IReadOnlyList<int> sizes, Func<int[][], double> statistic, BootstrapOptions options)
    {
        var (squares, cubes) = (0.0, 0.0);
        for (var set = 0; set < sizes.Count; set++)
        {
            var without = new double[sizes[set]];
            var parallel = Workers.Of(options.Threads);
            Parallel.For(0, without.Length, parallel, k => without[k] = statistic(AllBut(sizes, set, k)));
            var mean = without.Average();
            foreach (var value in without)
            {
                var influence = (without.Length - 1) * (mean - value) / without.Length;
                squares += influence * influence;
                cubes += influence * influence * influence;
            }
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    private static int[][] AllBut(IReadOnlyList<int> sizes, int set, int left) =>
        [.. sizes.Select((size, s) => Enumerable.Range(0, size).Where(k => s != set || k != left).ToArray())];
}
