using Fovea.Core.Errors;
using Fovea.Metrics;

namespace Fovea.Tests.Metrics;

public sealed class FeatureMatrixTests
{
    [Fact]
    public void Row_ReturnsTheGivenValues()
    {
        var features = TestFeatures.Of([1, 2, 3, 4, 5, 6], 3);
        Assert.Equal(2, features.Images);
        Assert.Equal([4, 5, 6], features.Row(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => features.Row(2).Length);
    }

    [Fact]
    public void Select_TakesRowsInOrderAndRepeatedly()
    {
        var chosen = TestFeatures.Line(10, 20, 30).Select([2, 0, 2]);
        Assert.Equal([30, 10, 30], [chosen.Row(0)[0], chosen.Row(1)[0], chosen.Row(2)[0]]);
        Assert.Equal("test", chosen.Network);
    }

    [Theory]
    [InlineData(new float[0], 2, "features of net: no image; at least 1 is needed")]
    [InlineData(new float[] { 1, 2, 3 }, 2, "features of net: 3 values are not whole images of 2")]
    [InlineData(new float[] { 1 }, 0, "features of net: 0 dimensions; at least 1 is needed")]
    [InlineData(new float[] { 1, 2, 3, float.NaN }, 2, "features of net: feature 1 of image row 1 is NaN; every feature must be finite")]
    [InlineData(new float[] { float.PositiveInfinity, 2 }, 2, "features of net: feature 0 of image row 0 is Infinity; every feature must be finite")]
    public void Constructor_BadValues_AreRefusedInOneLine(float[] values, int dimensions, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => new FeatureMatrix(values, dimensions, "net", "0")).Message);

    [Fact]
    public void RequireComparable_OtherDimensionsOrNetwork_IsRefused()
    {
        var features = new FeatureMatrix([1, 2], 2, "net", "aa");
        Assert.Contains("2 (net) and 1 dimensions (other)", Refusal(new FeatureMatrix([1], 1, "other", "aa")), StringComparison.Ordinal);
        Assert.Contains("net (aa) and net (bb)", Refusal(new FeatureMatrix([1, 2], 2, "net", "bb")), StringComparison.Ordinal);
        features.RequireComparable(new FeatureMatrix([3, 4, 5, 6], 2, "net", "aa"));

        string Refusal(FeatureMatrix other) => Assert.Throws<InputException>(() => features.RequireComparable(other)).Message;
    }

    [Fact]
    public void Subsample_DrawsEachImageAtMostOnce_BySeed()
    {
        var features = TestFeatures.Normal(50, 3, 1);
        var order = Subsample.Order(50, 7, 0);
        Assert.Equal(Enumerable.Range(0, 50), order.Order());
        Assert.Equal(order, Subsample.Order(50, 7, 0));
        Assert.NotEqual(order, Subsample.Order(50, 8, 0));
        Assert.Equal(20, Subsample.Draw(features, 20, 7, 0).Images);
        Assert.Same(features, Subsample.Draw(features, 50, 7, 0));
    }
}
