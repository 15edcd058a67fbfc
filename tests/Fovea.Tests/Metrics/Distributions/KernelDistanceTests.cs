using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class KernelDistanceTests
{
    [Theory]
    // Reference/metrics.py. The kernel's values are about 2, of which dots in float32 keep 1e-7 each, in random directions.
    [InlineData(60, 12, -0.005228656723)]
    [InlineData(40, 64, -0.007192741042)]
    [InlineData(64, 64, -0.004932436696)]
    [InlineData(30, 100, -0.008666940049)]
    public void Between_FixedFeatures_MatchesAnIndependentProgram(int images, int dimensions, double expected) =>
        Assert.Equal(expected, KernelDistance.Between(TestFeatures.Hashed(images, dimensions, 1), TestFeatures.Hashed(images + 5, dimensions, 2)), 1e-7);

    [Fact]
    public void Between_TwoPointsASide_MatchesTheSumByHand() =>
        // k(x, y) = (xy + 1)³: within {0, 1} k = 1, within {2, 0} k = 1, across 1, 1, 27 and 1.
        Assert.Equal(1 + 1 - 2 * (1 + 1 + 27 + 1) / 4.0, KernelDistance.Between(TestFeatures.Line(0, 1), TestFeatures.Line(2, 0)), 1e-12);

    [Fact]
    public void Between_EqualDistributions_IsZeroOnAverage()
    {
        var values = Enumerable.Range(0, 200)
            .Select(k => KernelDistance.Between(TestFeatures.Normal(30, 4, 2 * (ulong)k + 1), TestFeatures.Normal(20, 4, 2 * (ulong)k + 2))).ToArray();
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 199 / 200);
        Assert.InRange(mean / error, -3, 3); // 3 standard errors of a fixed seed
        Assert.Contains(values, value => value < 0);
    }
}
