using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class HalfSamplesTests
{
    [Fact]
    public void StandardErrors_OfAMean_AreThoseOfTheFormula()
    {
        var random = new CounterRandom(5, 1);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())];
        var mean = values.Average();
        var formula = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        var errors = HalfSamples.StandardErrors([values.Length], lists => [lists[0].Average(k => values[k]), 3], 2000, 1);
        // A deviation of 2,000 values is known to 1/√4000 = 1.6 %; four of those.
        Assert.InRange(errors[0] / formula, 0.936, 1.064);
        Assert.Equal(0, errors[1]);
    }

    [Fact]
    public void StandardErrors_OfADifferenceOfTwoSets_AddUp()
    {
        var random = new CounterRandom(6, 1);
        double[] first = [.. Enumerable.Range(0, 300).Select(_ => random.NextNormal())],
            second = [.. Enumerable.Range(0, 100).Select(_ => 2 * random.NextNormal())];
        var errors = HalfSamples.StandardErrors([300, 100], lists => [lists[0].Average(k => first[k]) - lists[1].Average(k => second[k])], 2000, 1);
        double Square(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1) / values.Length;
        Assert.InRange(errors[0] / Math.Sqrt(Square(first) + Square(second)), 0.936, 1.064);
    }

    [Fact]
    public void StandardErrors_DoNotDependOnThreads_AndNeverRepeatAnImage()
    {
        double[] Statistics(int[][] lists)
        {
            Assert.Equal(lists[0].Length, lists[0].Distinct().Count());
            Assert.Equal(10, lists[0].Length);
            return [lists[0].Sum()];
        }

        Assert.Equal(HalfSamples.StandardErrors([21], Statistics, 50, 7, 1), HalfSamples.StandardErrors([21], Statistics, 50, 7, 4));
    }

    [Fact]
    public void Around_IsCutToWhatIsPossible()
    {
        var interval = HalfSamples.Around(0.98, 0.1, 0, 1);
        Assert.Equal(1, interval.High);
        Assert.Equal(0.98 - 0.195996, interval.Low, 1e-6);
    }

    [Fact]
    public void StandardErrors_OfTooFew_AreRefused()
    {
        Assert.Contains("at least 4", Assert.Throws<InputException>(() => HalfSamples.StandardErrors([3], _ => [0], 20, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 10", Assert.Throws<InputException>(() => HalfSamples.StandardErrors([30], _ => [0], 9, 1)).Message, StringComparison.Ordinal);
    }
}
