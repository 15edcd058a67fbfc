using Fovea.Core.Errors;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class SupportTests
{
    [Fact]
    public void FixedFeatures_MatchAnIndependentProgram()
    {
        // Reference/metrics.py: shares of 90 images, which no rounding moves.
        var (real, generated) = (TestFeatures.Hashed(90, 6, 1), TestFeatures.Hashed(90, 6, 3));
        var (precision, recall, _) = PrecisionRecall.Measure(real, generated);
        var result = DensityCoverage.Measure(real, generated);
        Assert.Equal(0.9777777777777777, precision, 1e-12);
        Assert.Equal(0.9333333333333333, recall, 1e-12);
        Assert.Equal(1.0911111111111111, result.Density, 1e-12);
        Assert.Equal(0.9777777777777777, result.Coverage, 1e-12);
    }

    [Fact]
    public void PrecisionRecall_ToyOnALine_IsCountedByHand()
    {
        // k = 1. Real balls: [−1, 1], [0, 2], [8, 12], [10, 14]. Generated balls: {1} ± 1, {2} ± 1, {20} ± 10, {30} ± 10.
        var result = PrecisionRecall.Measure(TestFeatures.Line(0, 1, 10, 12), TestFeatures.Line(1, 2, 20, 30), 1);
        Assert.Equal(2 / 4.0, result.Precision); // 1 and 2, the latter on the rim
        Assert.Equal(4 / 4.0, result.Recall); // 0 and 1 in the first ball, 10 on the third one's rim and 12 in it
    }

    [Fact]
    public void PrecisionRecall_UnequalNumbers_AreCutToTheSmaller()
    {
        var (real, generated) = (TestFeatures.Normal(300, 3, 1), TestFeatures.Normal(120, 3, 2));
        var result = PrecisionRecall.Measure(real, generated, seed: 5);
        Assert.Equal(120, result.Images);
        Assert.Equal(result, PrecisionRecall.Measure(real, generated, seed: 5, threads: 1));
        Assert.NotEqual(result, PrecisionRecall.Measure(real, generated, seed: 6));
    }

    [Fact]
    public void PrecisionRecall_OneModeOfTwo_LosesRecallAlone()
    {
        var real = TestFeatures.Join(TestFeatures.Normal(200, 2, 1), TestFeatures.Normal(200, 2, 2, 50));
        var result = PrecisionRecall.Measure(real, TestFeatures.Normal(400, 2, 3));
        Assert.InRange(result.Precision, 0.9, 1); // the k-th of 200 neighbours leaves few gaps in the plane
        Assert.InRange(result.Recall, 0.4, 0.5); // one of two modes, less its own gaps
    }

    [Fact]
    public void DensityCoverage_ToyOnALine_IsCountedByHand()
    {
        // k = 2. Real balls: 0 ± 3, 1 ± 2, 3 ± 3, 10 ± 9. Generated 2 lies in all but the rim-less 1 ± 2? |2 − 1| = 1 < 2: in it;
        // of 0 ± 3 inside; of 3 ± 3 inside; |2 − 10| = 8 < 9 inside: 4 balls. 13: |13 − 10| = 3 < 9: 1 ball. 50: none.
        var result = DensityCoverage.Measure(TestFeatures.Line(0, 1, 3, 10), TestFeatures.Line(2, 13, 50), 2);
        Assert.Equal((4 + 1 + 0) / (2.0 * 3), result.Density, 1e-15);
        Assert.Equal(1, result.Coverage);
        // The rim does not count: 3 is exactly 3 from 0.
        Assert.Equal(0, DensityCoverage.Measure(TestFeatures.Line(0, 3), TestFeatures.Line(-3), 1).Density);
    }

    [Theory]
    [InlineData(100, 100, 5)]
    [InlineData(80, 30, 3)]
    public void DensityCoverage_EqualDistributions_MeetTheirExpectation(int real, int generated, int k)
    {
        var results = Enumerable.Range(0, 120).Select(run =>
            DensityCoverage.Measure(TestFeatures.Normal(real, 3, 2 * (ulong)run + 1), TestFeatures.Normal(generated, 3, 2 * (ulong)run + 2), k)).ToArray();
        var coverages = results.Select(result => result.Coverage).ToArray();
        var error = Math.Sqrt(coverages.Sum(value => Math.Pow(value - coverages.Average(), 2)) / 119 / 120);
        var expected = DensityCoverage.ExpectedCoverage(real, generated, k);
        Assert.InRange((coverages.Average() - expected) / error, -3, 3); // 3 standard errors of a fixed seed
        Assert.Equal(expected, results[0].ExpectedCoverage);
        Assert.InRange(results.Average(result => result.Density), 0.95, 1.05); // exactly N / (N − 1), scatter 0.01
    }

    [Fact]
    public void ExpectedCoverage_SmallCase_MatchesCounting()
    {
        // 2 real, 1 generated, k = 1: of three points in any order the generated one is the nearer to a real one in half the cases.
        Assert.Equal(0.5, DensityCoverage.ExpectedCoverage(2, 1, 1), 1e-15);
        Assert.InRange(DensityCoverage.ExpectedCoverage(5000, 5000, 5), 0.968, 0.970); // 1 − 2⁻⁵ less a little
    }

    [Fact]
    public void Outliers_BlowUpPrecisionButNotDensity()
    {
        // The ball around one wild real image reaches all generated images, which lie far from all the rest.
        var real = TestFeatures.Join(TestFeatures.Normal(199, 2, 1), TestFeatures.Of([40, 40], 2));
        var generated = TestFeatures.Normal(200, 2, 3, 20, 0.5);
        Assert.Equal(1, PrecisionRecall.Measure(real, generated).Precision);
        var result = DensityCoverage.Measure(real, generated);
        Assert.Equal(1 / 5.0, result.Density, 1e-12);
        Assert.Equal(1 / 200.0, result.Coverage, 1e-12);
    }

    [Fact]
    public void Measure_TooManyNeighbours_IsRefused() =>
        Assert.Equal(
            "k 5 nearest neighbours among 3 images; allowed: 1 to 3",
            Assert.Throws<InputException>(() => DensityCoverage.Measure(TestFeatures.Line(1, 2, 3, 4), TestFeatures.Line(1))).Message);
}
