using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class TwoSampleAccuracyTests
{
    [Fact]
    public void Of_Verdicts_CountsThemAndHasTheExactPValue()
    {
        var accuracy = TwoSampleAccuracy.Measure([1, 2, 3, 4, -1], [-1, -2, 0, -4, 1]);
        Assert.Equal((4, 4, 8, 10, 0.8), (accuracy.GeneratedFound, accuracy.RealFound, accuracy.Correct, accuracy.Total, accuracy.Value));
        Assert.Equal((45 + 10 + 1) / 1024.0, accuracy.PValue, 12); // 8, 9 or 10 heads of 10
        Assert.Equal(1, new TwoSampleAccuracy(0, 0, 5).PValue);
        Assert.Equal(Math.Pow(2, -1000), new TwoSampleAccuracy(500, 500, 500).PValue, 1e-310);
        Assert.Throws<InputException>(() => TwoSampleAccuracy.Measure([1], [1, 2]));
    }

    [Fact]
    public void Guessing_HasOneHalfWithinItsInterval_AndSeldomASmallPValue()
    {
        TwoSampleAccuracy Guess(ulong seed)
        {
            var random = new CounterRandom(seed, 8);
            double[] Odds() => [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())];
            return TwoSampleAccuracy.Measure(Odds(), Odds());
        }

        var guesses = Enumerable.Range(0, 500).Select(k => Guess((ulong)k)).ToArray();
        Assert.InRange(guesses.Count(guess => guess.Interval.Contains(TwoSampleAccuracy.Chance)), 460, 490); // 475 ± 4.9
        Assert.InRange(guesses.Count(guess => guess.PValue < 0.05), 10, 38); // at most 25 ± 4.9
    }
}
