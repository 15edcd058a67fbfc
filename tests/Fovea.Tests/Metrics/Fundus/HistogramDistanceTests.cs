using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Fundus;

namespace Fovea.Tests.Metrics.Fundus;

public sealed class HistogramDistanceTests
{
    [Fact]
    public void Circular_GoesTheShorterWay()
    {
        Assert.Equal(1 / 4.0, HistogramDistance.Circular([1, 0, 0, 0], [0, 0, 0, 1]), 1e-15);
        Assert.Equal(2 / 4.0, HistogramDistance.Circular([1, 0, 0, 0], [0, 0, 1, 0]), 1e-15);
        Assert.Equal(0, HistogramDistance.Circular([1, 2, 3], [2, 4, 6]), 1e-15);
    }

    [Fact]
    public void Circular_MatchesTheBestConstantFlow_AndTurning()
    {
        var random = new CounterRandom(4, 1);
        for (var run = 0; run < 20; run++)
        {
            var (a, b) = (Draw(7), Draw(7));
            // The slow twin: the line's distance from every place where the circle may be cut.
            var cuts = Enumerable.Range(0, 7).Select(cut => Linear(Turned(a, cut), Turned(b, cut)));
            Assert.Equal(cuts.Min(), HistogramDistance.Circular(a, b), 1e-12);
            Assert.Equal(HistogramDistance.Circular(a, b), HistogramDistance.Circular(Turned(a, 3), Turned(b, 3)), 1e-12);
        }

        double[] Draw(int bins) => [.. Enumerable.Range(0, bins).Select(_ => random.NextDouble())];
        static double Linear(double[] first, double[] second) =>
            first.Select((_, k) => Math.Abs((first[..(k + 1)].Sum() / first.Sum()) - (second[..(k + 1)].Sum() / second.Sum()))).Average();
        static double[] Turned(double[] bins, int by) => [.. bins[by..], .. bins[..by]];
    }

    [Fact]
    public void Samples_MatchesAnIndependentProgram()
    {
        // Reference/metrics.py: scipy.stats.wasserstein_distance.
        var (a, b) = (TestFeatures.Hashed(12, 1, 5), TestFeatures.Hashed(17, 1, 9));
        var first = Enumerable.Range(0, 12).Select(k => (double)a.Row(k)[0]).ToArray();
        var second = Enumerable.Range(0, 17).Select(k => (double)b.Row(k)[0]).ToArray();
        Assert.Equal(0.121506675475, HistogramDistance.Samples(first, second), 1e-11);
        Assert.Equal(2.5, HistogramDistance.Samples([1, 2], [4]), 1e-15);
    }

    [Fact]
    public void Distances_BadHistograms_AreRefused()
    {
        Assert.Equal("histograms of 2 and 3 bins cannot be compared: use the same bins", Refusal([1, 2], [1, 2, 3]));
        Assert.Equal("histogram: a bin holds -1; allowed: finite, 0 or more", Refusal([1, 2], [1, -1]));
        Assert.Equal("histogram: all bins are 0; at least one value is needed", Refusal([0, 0], [1, 1]));
        Assert.Throws<InputException>(() => HistogramDistance.Samples([], [1]));

        static string Refusal(double[] a, double[] b) => Assert.Throws<InputException>(() => HistogramDistance.Circular(a, b)).Message;
    }
}
