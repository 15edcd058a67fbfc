using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class SignedRankTests
{
    [Fact]
    public void Test_DepressionScores_MatchThePublishedExample()
    {
        // Hollander and Wolfe, "Nonparametric statistical methods", table 3.1: nine patients, two visits; T⁺ = 40, one-sided P = 0.020
        // (10 of 512 sign patterns).
        double[] first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        var result = SignedRankTest.Test(first, second);
        Assert.Equal(40, result.PositiveRanks);
        Assert.Equal(2 * 10 / 512.0, result.PValue, 1e-12);
        Assert.True(result.IsExact);
        Assert.Equal((40 - 5) / 45.0, result.RankBiserial, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(13)]
    public void Test_TiesAndZeros_MatchEnumerationOfAllSigns(int count)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new CounterRandom(seed, (ulong)count);
            var first = Enumerable.Range(0, count).Select(_ => (double)random.NextInt(5)).ToArray();
            var second = Enumerable.Range(0, count).Select(_ => (double)random.NextInt(4)).ToArray();
            Assert.Equal(Enumerated(first, second), SignedRankTest.Test(first, second).PValue, 1e-12); // counts of patterns: exact
        }
    }

    [Fact]
    public void Test_ManyPairs_MatchesAnIndependentProgram()
    {
        // Reference/metrics.py: scipy's normal approximation with continuity correction, statistic min(W⁺, W⁻) = 210.
        var features = TestFeatures.Hashed(40, 2, 4);
        var first = Enumerable.Range(0, 40).Select(k => (double)features.Row(k)[0]).ToArray();
        var second = Enumerable.Range(0, 40).Select(k => features.Row(k)[1] * 0.8).ToArray();
        var result = SignedRankTest.Test(first, second);
        Assert.False(result.IsExact);
        Assert.Equal(210, Math.Min(result.PositiveRanks, 40 * 41 / 2 - result.PositiveRanks));
        Assert.Equal(0.007328441261741421, result.PValue, 1e-9); // MathNet's and scipy's normal tails
    }

    [Fact]
    public void Test_AtTheBorder_ExactAndNormalAgree()
    {
        var random = new CounterRandom(3, 1);
        var first = Enumerable.Range(0, 26).Select(_ => random.NextNormal() + 0.3).ToArray();
        var second = new double[26];
        var normal = SignedRankTest.Test(first, second);
        var exact = SignedRankTest.Test(first[..25], second[..25]);
        Assert.True(exact.IsExact && !normal.IsExact);
        Assert.InRange(normal.PValue / exact.PValue, 0.5, 2); // one pair more, and an approximation good to a few percent
    }

    // Doubled ranks of 46,341 pairs add up to 2³¹ and more.
    [Theory]
    [InlineData(46_341)]
    [InlineData(70_000)]
    public void Test_MorePairsThanAnIntHoldsRanksOf_HasTheNormalTail(int count)
    {
        // Ranks 1 to n, of which every third is negative.
        var first = Enumerable.Range(1, count).Select(k => k % 3 == 0 ? -(double)k : k).ToArray();
        var result = SignedRankTest.Test(first, new double[count]);
        var positive = first.Where(value => value > 0).Sum();
        var all = count * (count + 1.0) / 2;
        Assert.Equal(positive, result.PositiveRanks);
        Assert.Equal((2 * positive - all) / all, result.RankBiserial, 1e-12);
        Assert.Equal(0, result.PValue, 1e-12); // a third of the ranks against two thirds: dozens of standard errors
        var level = SignedRankTest.Test([.. first.Select((value, k) => k % 2 == 0 ? Math.Abs(value) : -Math.Abs(value))], new double[count]);
        Assert.InRange(level.PValue, 0.2, 1); // every second one negative: the sums differ by half of the pairs
    }

    [Fact]
    public void Test_NoPairDiffers_HasNoEvidence() => Assert.Equal(new SignedRankResult(0, 0, 1, true, 0), SignedRankTest.Test([1, 2], [1, 2]));

    [Fact]
    public void Test_BadValues_AreRefused()
    {
        Assert.Equal("paired values: 1 and 2; as many of both are needed", Assert.Throws<InputException>(() => SignedRankTest.Test([1], [1, 2])).Message);
        Assert.Equal("value 1 is NaN; every value must be finite", Assert.Throws<InputException>(() => SignedRankTest.Test([1, double.NaN], [1, 2])).Message);
        Assert.Throws<InputException>(() => SignedRankTest.Test([], []));
    }

    [Fact]
    public void Paired_IsTheMeanInDeviationsOfTheDifferences()
    {
        Assert.Equal(2 / Math.Sqrt(2.5), EffectSize.Paired([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]), 1e-12); // differences 0 to 4: mean 2, variance 2.5
        Assert.Equal(double.NegativeInfinity, EffectSize.Paired([1, 2], [2, 3]));
        // One difference three times, whose mean is not quite it.
        Assert.Equal(double.PositiveInfinity, EffectSize.Paired([0.1, 0.1, 0.1], [0, 0, 0]));
        Assert.Equal(0, EffectSize.Paired([1, 2], [1, 2]));
        Assert.Throws<InputException>(() => EffectSize.Paired([1], [2]));
    }

    /// <summary>The two-sided probability over all 2ⁿ signs, with ranks counted by comparing.</summary>
    private static double Enumerated(double[] first, double[] second)
    {
        var differences = first.Zip(second, (a, b) => a - b).Where(difference => difference != 0).ToArray();
        if (differences.Length == 0) return 1;
        var sizes = differences.Select(Math.Abs).ToArray();
        var ranks = sizes.Select(size => sizes.Count(other => other < size) + (sizes.Count(other => other == size) + 1) / 2.0).ToArray();
        var observed = ranks.Where((_, k) => differences[k] > 0).Sum();
        var sums = Enumerable.Range(0, 1 << ranks.Length).Select(signs => ranks.Where((_, k) => (signs >> k & 1) == 1).Sum()).ToArray();
        return Math.Min(1, 2 * Math.Min(sums.Count(sum => sum <= observed), sums.Count(sum => sum >= observed)) / (double)sums.Length);
    }
}
