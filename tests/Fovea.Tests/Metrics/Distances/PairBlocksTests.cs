using Fovea.Core.Errors;
using Fovea.Metrics;
using Fovea.Metrics.Distances;

namespace Fovea.Tests.Metrics.Distances;

public sealed class PairBlocksTests
{
    // Up to 32 float32 additions a lane, each right to 6e-8 of sums of one sign: 32 · 6e-8 = 2e-6 at worst.
    private const double Relative = 2e-6;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 7)]
    [InlineData(64, 65, 8)]
    [InlineData(130, 67, 33)]
    [InlineData(9, 140, 520)]
    public void Visit_AnySizes_MatchesTheSlowTwin(int rows, int columns, int dimensions)
    {
        var (a, b) = (TestFeatures.Normal(rows, dimensions, 1), TestFeatures.Normal(columns, dimensions, 2));
        var (squares, products) = (Table(a, b, PairMeasure.SquaredDistance), Table(a, b, PairMeasure.DotProduct));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var slow = SlowDistances.Squared(a, i, b, j);
                Assert.Equal(slow, squares[i, j], Relative * slow);
                // Products cancel, so their error is set against the sum of their absolute values, at most half of |a|² + |b|².
                var size = (SlowDistances.Dot(a, i, a, i) + SlowDistances.Dot(b, j, b, j)) / 2;
                Assert.Equal(SlowDistances.Dot(a, i, b, j), products[i, j], Relative * size);
            }
        }
    }

    [Fact]
    public void Visit_NearRowsFarFromTheOrigin_KeepTheirDistance()
    {
        // By |a|² + |b|² − 2ab in float32 nothing would be left of the 0.25² a dimension beside 1000².
        var a = TestFeatures.Of([.. Enumerable.Repeat(1000f, 100)], 100);
        var b = TestFeatures.Of([.. Enumerable.Repeat(1000.25f, 100)], 100);
        Assert.Equal(6.25, Table(a, b, PairMeasure.SquaredDistance)[0, 0]);
    }

    [Fact]
    public void Visit_Threads_DoNotChangeABit()
    {
        var (a, b) = (TestFeatures.Normal(300, 40, 1), TestFeatures.Normal(200, 40, 2));
        Assert.Equal(Table(a, b, PairMeasure.SquaredDistance, 1), Table(a, b, PairMeasure.SquaredDistance, 5));
    }

    [Fact]
    public void Visit_PairsTheOtherWayRound_AreEqualToTheBit()
    {
        var (a, b) = (TestFeatures.Normal(70, 40, 1), TestFeatures.Normal(66, 40, 2));
        var (there, back) = (Table(a, b, PairMeasure.SquaredDistance), Table(b, a, PairMeasure.SquaredDistance));
        for (var i = 0; i < 70; i++)
            for (var j = 0; j < 66; j++) Assert.Equal(there[i, j], back[j, i]);
    }

    [Fact]
    public void Visit_OtherDimensions_IsRefused() =>
        Assert.Throws<InputException>(
            () => PairBlocks.Visit(
                TestFeatures.Line(1),
                TestFeatures.Of([1, 2], 2),
                PairMeasure.DotProduct,
                _ => { },
                cancellation: TestContext.Current.CancellationToken));

    private static double[,] Table(FeatureMatrix a, FeatureMatrix b, PairMeasure measure, int threads = 2)
    {
        var table = new double[a.Images, b.Images];
        PairBlocks.Visit(a, b, measure, block =>
        {
            for (var r = 0; r < block.Rows; r++)
                for (var c = 0; c < block.Columns; c++) table[block.FirstRow + r, block.FirstColumn + c] = block.Row(r)[c];
        }, threads, TestContext.Current.CancellationToken);
        return table;
    }
}
