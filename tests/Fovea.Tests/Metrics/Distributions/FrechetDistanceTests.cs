using Fovea.Core.Errors;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class FrechetDistanceTests
{
    [Theory]
    // Reference/metrics.py: numpy's covariances, scipy's square root of their product. On singular products that root is right to
    // half the digits only, 1e-8 of the eigenvalues' scale of 1 for each of up to 100 of them.
    [InlineData(60, 12, 0.1100924084, 1e-9)]
    [InlineData(40, 64, 3.0610015525, 1e-6)]
    [InlineData(64, 64, 2.0095169408, 1e-6)]
    [InlineData(30, 100, 7.1392175186, 1e-6)]
    public void Between_FixedFeatures_MatchesAnIndependentProgram(int images, int dimensions, double expected, double tolerance) =>
        Assert.Equal(expected, FrechetDistance.Between(TestFeatures.Hashed(images, dimensions, 1), TestFeatures.Hashed(images + 5, dimensions, 2)), tolerance);

    [Fact]
    public void Between_DiagonalCovariances_MatchesTheClosedForm()
    {
        // Points at ± along each axis have exactly a diagonal covariance: (m₁ − m₂)² + Σ (s₁ − s₂)².
        var (first, second) = (Cross([1, 2, 3], 0), Cross([2, 2, 0.5f], 4));
        // 6 points ± s along an axis, divisor 5: variance 2 s² / 5.
        var expected = 3 * 16 + 2.0 / 5 * (1 + 0 + 2.5 * 2.5);
        Assert.Equal(expected, FrechetDistance.Between(first, second), 1e-12); // double throughout
    }

    [Fact]
    public void Between_OneDimension_IsTheDifferenceOfMeansAndDeviations()
    {
        var (first, second) = (TestFeatures.Line(1, 3), TestFeatures.Line(0, 8, 4));
        Assert.Equal(Math.Pow(2 - 4, 2) + Math.Pow(Math.Sqrt(2) - 4, 2), FrechetDistance.Between(first, second), 1e-12);
    }

    [Fact]
    public void Between_ASetAndItself_IsZero()
    {
        // The trace of 20 dimensions of variance 1 less itself: 1e-14 of rounding on 40.
        Assert.Equal(0, FrechetDistance.Between(TestFeatures.Normal(100, 20, 1), TestFeatures.Normal(100, 20, 1)), 1e-11);
        Assert.Equal(0, FrechetDistance.Between(TestFeatures.Normal(10, 20, 1), TestFeatures.Normal(10, 20, 1)), 1e-11);
    }

    [Fact]
    public void Between_ThreadsOrOrder_ChangeNothing()
    {
        var (first, second) = (TestFeatures.Normal(90, 30, 1), TestFeatures.Normal(25, 30, 2, 0.3, 2));
        var distance = FrechetDistance.Between(first, second, 1);
        Assert.Equal(distance, FrechetDistance.Between(first, second, 4));
        Assert.Equal(distance, FrechetDistance.Between(second, first), 1e-10 * distance);
    }

    [Fact]
    public void Between_OneImage_IsRefused() =>
        Assert.Equal(
            "covariance: 1 images; at least 2 are needed",
            Assert.Throws<InputException>(() => FrechetDistance.Between(TestFeatures.Line(1), TestFeatures.Line(1, 2))).Message);

    [Fact]
    public void Extrapolation_EqualGaussians_RemovesTheBias()
    {
        var (first, second) = (TestFeatures.Normal(4000, 16, 1), TestFeatures.Normal(4000, 16, 2));
        var limit = FrechetExtrapolation.Fit(first, second, [250, 333, 500, 1000], 4, 5);
        var smallest = limit.Points.Where(point => point.Images == 250).Average(point => point.Distance);
        // To first order in 1/N: 2 d / N from the means and |Σ₁ − Σ₂|² / 4 = (d² + d) / 2N from the covariances, 0.67. One draw
        // scatters by 0.084, the mean of 4 by half of that; three times either way. The limit keeps less than a tenth.
        Assert.InRange(smallest, 0.55, 0.80);
        Assert.InRange(limit.Value, -0.1 * smallest, 0.1 * smallest);
        Assert.True(limit.Slope > 0);
    }

    [Fact]
    public void Extrapolation_ShiftedGaussians_FindsTheShift()
    {
        // The distance of the distributions is 8 · 0.5² + 8 · (1.5 − 1)² = 4.
        var limit = FrechetExtrapolation.Fit(
            TestFeatures.Normal(3000, 8, 1), TestFeatures.Normal(3000, 8, 2, 0.5, 1.5), FrechetExtrapolation.DefaultSizes(3000), 4, 5);
        // 3,000 images know a mean of 0.5 to 0.033, so 8 · 0.5² to about 2 · 0.5 · √8 · 0.033 = 0.09; the deviations to as much.
        Assert.InRange(limit.Value, 3.6, 4.4);
        Assert.InRange(limit.StandardError, 0.0001, 0.3);
    }

    [Fact]
    public void Extrapolation_PointsOnALine_AreFittedExactly()
    {
        // Sets of two points at ±s have a variance 2 s²: whatever subset is drawn of a set of equal halves at N = all, it is the same.
        var first = TestFeatures.Line([.. Enumerable.Range(0, 40).Select(k => k % 2 == 0 ? 1f : -1f)]);
        var second = TestFeatures.Line([.. Enumerable.Range(0, 40).Select(k => k % 2 == 0 ? 3f : -3f)]);
        var limit = FrechetExtrapolation.Fit(first, second, [40, 20], 2, 1);
        var whole = limit.Points.First(point => point.Images == 40).Distance;
        Assert.Equal(4.0 * 40 / 39, whole, 1e-12);
        var halves = limit.Points.Where(point => point.Images == 20).Average(point => point.Distance);
        Assert.Equal(2 * whole - halves, limit.Value, 1e-9); // the line through both means, at 1/N = 0
    }

    [Theory]
    [InlineData(new[] { 10 }, 2, "at least two different subset sizes are needed for a line")]
    [InlineData(new[] { 10, 31 }, 2, "subset size 31 is not from 2 to 30, the images of the smaller side")]
    [InlineData(new[] { 10, 20 }, 1, "1 draws of a size; at least 2 are needed")]
    public void Extrapolation_BadSettings_AreRefused(int[] sizes, int draws, string rule)
    {
        var refusal = Assert.Throws<InputException>(
            () => FrechetExtrapolation.Fit(TestFeatures.Normal(30, 2, 1), TestFeatures.Normal(40, 2, 2), sizes, draws, 1));
        Assert.Equal("extrapolated Fréchet distance: " + rule, refusal.Message);
    }

    [Fact]
    public void RealFloor_SplitsAreDisjointAndOfTheAskedSize()
    {
        var real = TestFeatures.Normal(600, 6, 4);
        var floor = RealFloor.Measure(real, 150, 6, 9);
        Assert.Equal(150, floor.Images);
        Assert.Equal(6, floor.Distances.Count);
        // Two independent sets of 150 have about the same distance as two parts of one.
        var independent = Enumerable.Range(0, 6)
            .Average(k => FrechetDistance.Between(TestFeatures.Normal(150, 6, 20 + (ulong)k), TestFeatures.Normal(150, 6, 40 + (ulong)k)));
        Assert.InRange(floor.Mean / independent, 0.6, 1.6); // each mean of 6 scatters by about a sixth
        Assert.True(floor.Mean > RealFloor.Measure(real, 0, 6, 9).Mean, "the bias falls with the number of images");
        Assert.Equal(
            "real floor: 301 images a part; allowed: 2 to 300, half of the real images", Assert.Throws<InputException>(() => RealFloor.Measure(real, 301, 1, 0))
                .Message);
    }

    private static Fovea.Metrics.FeatureMatrix Cross(float[] reaches, float centre)
    {
        var values = new List<float>();
        for (var axis = 0; axis < reaches.Length; axis++)
        {
            foreach (var sign in new[] { -1, 1 })
                for (var k = 0; k < reaches.Length; k++) values.Add(centre + (k == axis ? sign * reaches[axis] : 0));
        }

        return TestFeatures.Of([.. values], reaches.Length);
    }
}
