using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class SmallSampleTests
{
    // t of 2 degrees of freedom at 0.05 is 4.302653; at 0.05 / 20 it is 19.962 (inverse of p = 2 − 2F(t), F(t) = ½ + t / (2√(2 + t²))).
    [Theory]
    [InlineData(3, 0.05, 4.302653)]
    [InlineData(3, 0.0025, 19.962480)]
    public void LeastEffect_IsTheQuantileOverTheRootOfTheCount(int count, double level, double quantile) =>
        Assert.Equal(quantile / Math.Sqrt(count), StudentInterval.LeastEffect(count, level), 1e-5);

    [Fact]
    public void Holm_WorkedExamples()
    {
        // https://en.wikipedia.org/wiki/Holm-Bonferroni_method, "Example".
        AssertEqual([0.03, 0.06, 0.06, 0.02], HolmAdjustment.Adjust([0.01, 0.04, 0.03, 0.005]));
        // R 4: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm").
        AssertEqual([0.05, 0.08, 0.09, 0.09, 0.09], HolmAdjustment.Adjust([0.01, 0.02, 0.03, 0.04, 0.05]));
        AssertEqual([1, 1], HolmAdjustment.Adjust([0.9, 0.7]));
        Assert.Empty(HolmAdjustment.Adjust([]));
        Assert.Throws<InputException>(() => HolmAdjustment.Adjust([double.NaN]));
    }

    [Fact]
    public void Student_SleepData_MatchesThePublishedTest()
    {
        // Student 1908, hours of sleep gained by two drugs in ten patients; R's t.test(extra ~ group, paired) on `sleep` gives t = 4.0621,
        // p = 0.002833, 95 % interval 0.7001142 to 2.4598858.
        var result = StudentInterval.Estimate([1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4]);
        Assert.Equal(1.58, result.Mean, 1e-12);
        Assert.Equal(0.7001142, result.Interval.Low, 1e-7);
        Assert.Equal(2.4598858, result.Interval.High, 1e-7);
        Assert.Equal(0.002833, result.PValue, 1e-6);
    }

    [Fact]
    public void Student_FewValues_HasTheTablesQuantiles()
    {
        // t tables: 12.706 for 1 degree of freedom, 4.303 for 2.
        Assert.Equal(12.706, StudentInterval.Estimate([-1, 1]).Interval.High, 1e-3);
        Assert.Equal(4.303 / Math.Sqrt(3), StudentInterval.Estimate([-1, 0, 1]).Interval.High, 1e-3);
        Assert.Equal(new StudentInterval(0, new Interval(0, 0), 1), StudentInterval.Estimate([0, 0, 0]));
        Assert.Equal(0.1, StudentInterval.Estimate([0.1, 0.1, 0.1]).Interval.Low);
        Assert.Throws<InputException>(() => StudentInterval.Estimate([1]));
    }

    [Fact]
    public void SignedRank_SmallestPValue_IsThatOfEqualSigns()
    {
        foreach (var pairs in Enumerable.Range(1, 10))
        {
            double[] values = [.. Enumerable.Range(1, pairs).Select(k => (double)k)];
            Assert.Equal(SignedRankTest.Test(values, new double[pairs]).PValue, SignedRankTest.SmallestPValue(pairs), 1e-12);
        }

        Assert.Equal(0.25, SignedRankTest.SmallestPValue(3));
    }

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (a, b) in expected.Zip(actual)) Assert.Equal(a, b, 1e-12);
    }
}
