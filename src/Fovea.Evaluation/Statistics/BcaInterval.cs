using MathNet.Numerics.Distributions;

namespace Fovea.Evaluation.Statistics;

/// <summary>
/// Quantiles of the replicates at shares corrected for the replicates' bias and, by leaving each image out, for the statistic's
/// skewness. Efron, "Better bootstrap confidence intervals", JASA 1987.
/// </summary>
internal static class BcaInterval
{
    public static Interval? Of(IReadOnlyList<int> sizes, Func<int[][], double> statistic, double estimate, double[] sorted, BootstrapOptions options)
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
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
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
