using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class TwoLevelBootstrapTests
{
    private const int Runs = 400;
    private const int Images = 60;

    // Of 400 intervals of 95 %, 380 ± 4.4 hold the truth. Where single values scatter most they are wider than need be; with 2 or 3 seeds the
    // drawn means have few values and the interval is rough.
    [Theory]
    [InlineData(5, 1, 0, 0, 366, 394)] // trainings differ, images do not
    [InlineData(5, 0, 0, 1, 375, 400)] // single images differ
    [InlineData(5, 0, 1, 0, 362, 392)] // the starting noise matters in the same way for all trainings
    [InlineData(5, 0.2, 0.5, 1, 372, 400)]
    [InlineData(3, 1, 0, 0, 358, 394)]
    [InlineData(3, 0, 0, 1, 366, 400)]
    [InlineData(2, 1, 0, 0, 354, 394)]
    [InlineData(20, 1, 0, 0, 364, 392)]
    public void Of_ManyTables_IsCoveredAsOftenAsItSays(int seeds, double bySeed, double byImage, double alone, int least, int most)
    {
        var covered = Enumerable.Range(0, Runs).Count(run =>
            TwoLevelBootstrap.Estimate(
                Table(seeds, bySeed, byImage, alone, (ulong)run),
                new BootstrapOptions { Replicates = 500, Seed = 3 }).Percentile
                .Contains(0));
        Assert.InRange(covered, least, most);
    }

    [Fact]
    public void Of_OneSeed_IsTheBootstrapOverImages()
    {
        var table = Table(1, 0, 0, 1, 7);
        var options = new BootstrapOptions { Replicates = 4000, Seed = 1, Accelerate = false };
        var (two, one) = (TwoLevelBootstrap.Estimate(table, options), Bootstrap.Estimate(Images, list => list.Average(k => table[0][k]), options));
        Assert.Equal(one.Estimate, two.Estimate, 1e-12);
        // Ends of 4,000 replicates scatter by 4 % of the error; the lists are of another stream.
        Assert.Equal(one.Percentile.Low, two.Percentile.Low, 0.2 * one.StandardError);
        Assert.Equal(one.Percentile.High, two.Percentile.High, 0.2 * one.StandardError);
    }

    [Fact]
    public void Of_SeedAndThreads_DetermineTheReplicates()
    {
        BootstrapResult Run(int threads) =>
            TwoLevelBootstrap.Estimate(Table(3, 1, 0, 1, 1), new BootstrapOptions { Replicates = 50, Seed = 2, Threads = threads });
        Assert.Equal(Run(1).Replicates, Run(3).Replicates);
    }

    [Fact]
    public void Of_ValuesThatAreAllZero_IsZero()
    {
        var result = TwoLevelBootstrap.Estimate([new double[4], new double[4]], new BootstrapOptions { Replicates = 20 });
        Assert.Equal((0.0, new Interval(0, 0)), (result.Estimate, result.Percentile));
    }

    [Fact]
    public void Of_BadTables_AreRefused()
    {
        Assert.Throws<InputException>(() => TwoLevelBootstrap.Estimate([], new BootstrapOptions()));
        Assert.Throws<InputException>(() => TwoLevelBootstrap.Estimate([[1]], new BootstrapOptions()));
        Assert.Throws<InputException>(() => TwoLevelBootstrap.Estimate([[1, 2], [1, 2, 3]], new BootstrapOptions()));
    }

    private static double[][] Table(int seeds, double bySeed, double byImage, double alone, ulong run)
    {
        var random = new CounterRandom(11, run);
        double[] images = [.. Enumerable.Range(0, Images).Select(_ => byImage * random.NextNormal())];
        return
        [
            .. Enumerable.Range(0, seeds).Select(_ =>
            {
                var shift = bySeed * random.NextNormal();
                return images.Select(image => image + shift + alone * random.NextNormal()).ToArray();
            }),
        ];
    }
}
