using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class RocAreaTests
{
    [Fact]
    public void Of_SmallSamples_IsTheShareOfPairs_AndDeLongsInterval()
    {
        // Pairs in order: 1 < 2, 1 < 4, 1 < 5; 3 < 4, 3 < 5; 4 = 4 half, 4 < 5. 6.5 of 9.
        var area = RocArea.Measure([1, 3, 4], [2, 4, 5]);
        Assert.Equal(6.5 / 9, area.Value, 12);
        // By hand: placements 1, 2/3, 1/2 and 1/3, 5/6, 1 around 13/18.
        double[] lower = [1, 2.0 / 3, 0.5], higher = [1.0 / 3, 5.0 / 6, 1];
        var error = Math.Sqrt((lower.Concat(higher).Sum(value => (value - (13 / 18.0)) * (value - (13 / 18.0)))) / 2 / 3);
        Assert.Equal((13 / 18.0) - (1.959964 * error), area.Interval.Low, 6);
        Assert.Equal(1, area.Interval.High);
        Assert.Equal(0.5, RocArea.Measure([7, 7, 7], [7, 7]).Value);
    }

    // The interval knows that images of one person are no new evidence: of values that all come twice it is that of the single ones.
    [Fact]
    public void Of_ValuesInGroups_HasTheIntervalOfTheGroups()
    {
        double[] lower = Draw(1, 40), higher = Draw(2, 30);
        var single = RocArea.Measure(lower, higher);
        double[] lowerTwice = [.. lower, .. lower], higherTwice = [.. higher, .. higher];
        var grouped = RocArea.Measure(
            lowerTwice,
            higherTwice,
            [.. Enumerable.Range(0, 80).Select(k => k % 40)],
            [.. Enumerable.Range(0, 60).Select(k => k % 30)]);
        Assert.Equal(single.Interval.Low, grouped.Interval.Low, 12);
        Assert.Equal(single.Interval.High, grouped.Interval.High, 12);
        Assert.True(RocArea.Measure(lowerTwice, higherTwice).Interval.Low > single.Interval.Low + 0.01);
    }

    [Fact]
    public void Of_SamplesOfOneDistribution_HoldsOneHalfInAboutNineteenOfTwenty()
    {
        var covered = Enumerable.Range(0, 600).Count(k => RocArea.Measure(Draw((ulong)k, 60), Draw((ulong)k + 1000, 40)).Interval.Contains(0.5));
        Assert.InRange(covered, 550, 590); // 570 ± 5.3 at 95 %; the normal interval of 40 values is a little short
    }

    [Fact]
    public void Of_SamplesThatDoNotOverlap_HasAnInterval()
    {
        var area = RocArea.Measure([1, 2, 3, 4], [5, 6, 7]);
        Assert.Equal(1, area.Value);
        Assert.Equal(Math.Pow(0.025, 1 / 3.0), area.Interval.Low, 12);
        Assert.Equal((0, 0), (RocArea.Measure([5, 6], [1, 2]).Value, RocArea.Measure([5, 6], [1, 2]).Interval.Low));
        Assert.Equal(
            "area under a ROC curve of 1 and 2 values; at least 2 of each are needed",
            Assert.Throws<InputException>(() => RocArea.Measure([1], [1, 2])).Message);
    }

    private static double[] Draw(ulong seed, int count)
    {
        var random = new CounterRandom(seed, 3);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
