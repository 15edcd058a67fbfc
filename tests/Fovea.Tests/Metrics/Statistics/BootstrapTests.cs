using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class BootstrapTests
{
    // Efron and Tibshirani, "An introduction to the bootstrap", 1993, table 14.1: spatial test data, A.
    private static readonly double[] s_spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

    [Fact]
    public void Of_SpatialTestData_MatchesThePublishedIntervals()
    {
        var result = Bootstrap.Estimate(26, list => Variance(s_spatial, list), new BootstrapOptions { Replicates = 20000, Confidence = 0.9, Seed = 1 });
        Assert.Equal(171.5, result.Estimate, 0.05);
        // Table 14.2: BCa (115.8, 259.6), percentile (100.8, 233.9), each of 2,000 replicates. Ends of 2,000 replicates at 5 % scatter
        // by √(0.05 · 0.95 / 2000) of a share, at the density there about 2 of 171; twice that and, with scipy 1.10's 20,000, (116.5,
        // 261.7) and (98.5, 235.4).
        AssertNear((115.8, 259.6), result.Bca!.Value, 4);
        AssertNear((116.5, 261.7), result.Bca!.Value, 2.5);
        AssertNear((100.8, 233.9), result.Percentile, 4);
        AssertNear((98.5, 235.4), result.Percentile, 2.5);
    }

    [Fact]
    public void Of_StatisticThatSaysNothingOfSomeResamples_LeavesThemOut()
    {
        // The mean of the ones, where a resample has the one image that is one.
        var result = Bootstrap.Estimate(3, list => list.Contains(0) ? 1 : double.NaN, new BootstrapOptions { Accelerate = false, Replicates = 1000 });
        Assert.Equal(new Interval(1, 1), result.Percentile);
        Assert.InRange(result.Replicates.Count, 600, 800); // 1 − (2/3)³ of a thousand is 704
        var none = Bootstrap.Estimate(3, _ => double.NaN, new BootstrapOptions { Accelerate = false });
        Assert.True(double.IsNaN(none.Percentile.Low) && none.Replicates.Count == 0);
    }

    [Fact]
    public void Of_Mean_HasTheKnownStandardErrorAndNoBias()
    {
        var values = Values(200, 1);
        var result = Bootstrap.Estimate(200, list => list.Average(k => values[k]), new BootstrapOptions { Replicates = 4000, Seed = 2 });
        var expected = Math.Sqrt(Variance(values, [.. Enumerable.Range(0, 200)]) / 200);
        Assert.Equal(expected, result.StandardError, 0.05 * expected); // 4,000 replicates know a deviation to 1.1 %
        Assert.Equal(result.Estimate - 1.96 * expected, result.Percentile.Low, 0.15 * expected); // an end's scatter is 4 %, skewness the rest
        Assert.Equal(result.Estimate + 1.96 * expected, result.Percentile.High, 0.15 * expected);
    }

    [Fact]
    public void Of_MeansOfManySamples_IsCoveredAsOftenAsItSays()
    {
        var covered = Enumerable.Range(0, 300).Count(run =>
        {
            var values = Values(40, 100 + (ulong)run);
            return Bootstrap.Estimate(40, list => list.Average(k => values[k]), new BootstrapOptions { Replicates = 400, Confidence = 0.9, Seed = 3 })
                .Bca!.Value.Contains(0);
        });
        // 90 % of 300 is 270 ± 5; intervals from 40 values are known to be a percent or two short.
        Assert.InRange(covered, 250, 285);
    }

    [Fact]
    public void OfSets_LikeOneSet_WhenTheOtherDoesNotMatter()
    {
        var options = new BootstrapOptions { Replicates = 300, Confidence = 0.9, Seed = 6 };
        var one = Bootstrap.Estimate(26, list => Variance(s_spatial, list), options);
        var two = Bootstrap.OfSets([26, 5], lists => Variance(s_spatial, lists[0]), options);
        Assert.Equal(one.Replicates, two.Replicates);
        Assert.Equal(one.Bca!.Value.Low, two.Bca!.Value.Low, 1e-9);
    }

    [Fact]
    public void Of_SeedAndThreads_DetermineTheReplicates()
    {
        var values = Values(30, 9);
        BootstrapResult Run(ulong seed, int threads) => Bootstrap.Estimate(
            30, list => list.Average(k => values[k]), new BootstrapOptions { Replicates = 50, Seed = seed, Threads = threads });
        Assert.Equal(Run(1, 1).Replicates, Run(1, 3).Replicates);
        Assert.NotEqual(Run(1, 1).Replicates, Run(2, 1).Replicates);
    }

    [Fact]
    public void Weights_GiveTheSameMeanAsTheList()
    {
        var (values, list) = (Values(20, 3), Bootstrap.Resample([20], 5, 7)[0]);
        var weights = Bootstrap.Weights(list, 20);
        Assert.Equal(20, weights.Sum());
        Assert.Equal(list.Average(k => values[k]), weights.Zip(values, (w, v) => w * v).Sum() / 20, 1e-12);
    }

    [Fact]
    public void Of_ConstantStatistic_HasNoBcaInterval()
    {
        var result = Bootstrap.Estimate(5, _ => 3, new BootstrapOptions { Replicates = 20 });
        Assert.Null(result.Bca);
        Assert.Equal(new Interval(3, 3), result.Percentile);
    }

    [Fact]
    public void Of_BadSettings_AreRefused()
    {
        Assert.Equal("bootstrap: 19 replicates; at least 20 are needed", Refusal(5, new BootstrapOptions { Replicates = 19 }));
        Assert.Equal("bootstrap over 1 images; at least 2 are needed", Refusal(1, new BootstrapOptions()));
        Assert.Equal("confidence 0; allowed: between 0 and 1", Refusal(5, new BootstrapOptions { Confidence = 0 }));

        static string Refusal(int images, BootstrapOptions options) => Assert.Throws<InputException>(() => Bootstrap.Estimate(images, _ => 0, options)).Message;
    }

    private static void AssertNear((double Low, double High) expected, Interval interval, double tolerance)
    {
        Assert.Equal(expected.Low, interval.Low, tolerance);
        Assert.Equal(expected.High, interval.High, tolerance);
    }

    private static double Variance(double[] values, int[] list)
    {
        var mean = list.Average(k => values[k]);
        return list.Average(k => (values[k] - mean) * (values[k] - mean));
    }

    private static double[] Values(int count, ulong seed)
    {
        var random = new CounterRandom(seed, 8);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
