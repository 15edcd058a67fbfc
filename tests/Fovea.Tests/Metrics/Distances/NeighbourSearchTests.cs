using Fovea.Core.Errors;
using Fovea.Metrics.Distances;

namespace Fovea.Tests.Metrics.Distances;

public sealed class NeighbourSearchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_MatchesTheSlowTwin(bool within)
    {
        var (queries, others) = (TestFeatures.Normal(150, 11, 1), TestFeatures.Normal(170, 11, 2));
        var references = within ? queries : others;
        var token = TestContext.Current.CancellationToken;
        var table = within ? NeighbourSearch.Within(queries, 7, cancellation: token) : NeighbourSearch.Across(queries, others, 7, cancellation: token);
        for (var row = 0; row < queries.Images; row++)
        {
            var slow = SlowDistances.Neighbours(queries, row, references, within);
            for (var k = 0; k < 7; k++)
            {
                Assert.Equal(slow[k].Index, table.Index(row, k));
                Assert.Equal(slow[k].Distance, table.Distance(row, k), 1e-6 * slow[k].Distance); // half the squares' 2e-6
            }
        }
    }

    [Fact]
    public void Within_EqualRows_AreNeighboursAndTheLowerComesFirst()
    {
        var table = NeighbourSearch.Within(TestFeatures.Line(5, 5, 5, 9), 2, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 0, 2, 0, 1, 0, 1], table.Indices);
        Assert.Equal([0, 0, 0, 0, 0, 0, 4, 4], table.Distances);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Within_MoreNeighboursThanOthers_IsRefusedInOneLine(int count)
    {
        var refusal = Assert.Throws<InputException>(
            () => NeighbourSearch.Within(TestFeatures.Line(1, 2, 3), count, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal($"k {count} nearest neighbours among 2 images; allowed: 1 to 2", refusal.Message);
    }
}
