using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;
using MathNet.Numerics.Distributions;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class IntervalTests
{
    [Theory]
    // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 1998, table I, method 3.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples(int count, int total, double low, double high)
    {
        var interval = WilsonInterval.Estimate(count, total);
        Assert.Equal(low, interval.Low, 0.00005); // printed with four digits
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Theory]
    [InlineData(0, 7, 0.95)]
    [InlineData(7, 7, 0.99)]
    [InlineData(3, 50, 0.8)]
    public void Wilson_Ends_SolveTheScoreEquation(int count, int total, double confidence)
    {
        var (interval, share) = (WilsonInterval.Estimate(count, total, confidence), count / (double)total);
        var z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        foreach (var end in new[] { interval.Low, interval.High })
            Assert.Equal(z * z * end * (1 - end) / total, (share - end) * (share - end), 1e-12); // double on both sides
    }

    // At its ends the interval leaves 2.5 % in the tail of the beta-binomial distribution, which the library sums by itself.
    [Theory]
    [InlineData(3, 60, 20)]
    [InlineData(40, 200, 50)]
    [InlineData(199, 200, 9)]
    public void BetaBinomial_Ends_LeaveTheTails(int count, int total, int sample)
    {
        var interval = BetaBinomialInterval.Estimate(count, total, sample);
        double Below(int most, double share) =>
            Enumerable.Range(0, most + 1).Sum(k => BetaBinomial.PMF(total, share * (sample + 1), (1 - share) * (sample + 1), k));
        Assert.Equal(0.025, 1 - Below(count - 1, interval.Low), 1e-6);
        Assert.Equal(0.025, Below(count, interval.High), 1e-6);
        Assert.Equal((0.0, 1.0), (BetaBinomialInterval.Estimate(0, total, sample).Low, BetaBinomialInterval.Estimate(total, total, sample).High));
        Assert.Throws<InputException>(() => BetaBinomialInterval.Estimate(total + 1, total, sample));
    }

    [Theory]
    // Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 1998, table II, method 10.
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Difference_PublishedExamples(int firstCount, int firstTotal, int secondCount, int secondTotal, double low, double high)
    {
        var difference = ProportionDifference.Estimate(firstCount, firstTotal, secondCount, secondTotal);
        Assert.Equal(low, difference.Interval.Low, 0.00005); // printed with four digits
        Assert.Equal(high, difference.Interval.High, 0.00005);
        Assert.Equal(firstCount / (double)firstTotal - secondCount / (double)secondTotal, difference.Value);
    }

    [Theory]
    [InlineData(-1, 5, 0.95, "proportion: -1 of 5; allowed: 0 to 5")]
    [InlineData(6, 5, 0.95, "proportion: 6 of 5; allowed: 0 to 5")]
    [InlineData(0, 0, 0.95, "proportion of 0; at least 1 is needed")]
    [InlineData(1, 5, 1, "confidence 1; allowed: between 0 and 1")]
    [InlineData(1, 5, double.NaN, "confidence NaN; allowed: between 0 and 1")]
    public void Wilson_BadNumbers_AreRefused(int count, int total, double confidence, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => WilsonInterval.Estimate(count, total, confidence)).Message);

    [Fact]
    public void Quantiles_AreInProportionBetweenNeighbours()
    {
        double[] values = [1, 2, 4, 8];
        Assert.Equal([1, 1.5, 3, 8], new[] { 0, 1 / 6.0, 0.5, 1 }.Select(share => Quantiles.OfSorted(values, share)));
        Assert.Throws<InputException>(() => Quantiles.OfSorted(values, 1.1));
        Assert.Throws<InputException>(() => Quantiles.OfSorted([], 0.5));
    }
}
