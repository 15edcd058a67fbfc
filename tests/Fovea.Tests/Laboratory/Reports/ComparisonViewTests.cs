using Fovea.Laboratory.Reports;
using Fovea.Laboratory.Results;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class ComparisonViewTests
{
    [Fact]
    public void Reference_IsThePreferredSizeWhereAllHaveIt()
    {
        var view = View(["strongly-entangling", "hqconv"], 2, 12, 1, 6);
        Assert.Equal(new CellSize(8, 3), view.Reference);
        Assert.Equal((3, 12), (view.Layers, view.Largest));
    }

    [Fact]
    public void Reference_IsTheNearestSizeThatAllHave()
    {
        Assert.Equal(new CellSize(12, 3), View(["hqconv", "fqconv"], 2, 12, 1, 6).Reference);
        Assert.Equal(new CellSize(6, 2), View(["strongly-entangling", "basic-entangler"], 2, 6, 1, 2).Reference);
        Assert.Equal(new CellSize(8, 4), View(["strongly-entangling"], 8, 8, 4, 6).Reference);
    }

    [Fact]
    public void Reference_IsTheSizeOfMostWhereNoneIsSharedByAll()
    {
        var view = View(["strongly-entangling", "basic-entangler", "hqconv", "fqconv"], 2, 9, 1, 4);
        Assert.Equal(new CellSize(8, 3), view.Reference);
    }

    [Fact]
    public void Reference_HasFiguresUnderNoise()
    {
        var comparison = Samples.Comparison(["strongly-entangling"], [6, 8], [3]);
        var view = new ComparisonView(
            comparison with { Cells = [.. comparison.Cells.Select(cell => cell.Subject.Qubits == 8 ? cell with { Resilience = [] } : cell)] });
        Assert.Equal(new CellSize(6, 3), view.Reference);
    }

    [Fact]
    public void Cells_AreInOrderHoweverTheyCame()
    {
        var comparison = Samples.Comparison(["strongly-entangling", "basic-entangler"], [2, 3], [1, 2]);
        var view = new ComparisonView(comparison with { Cells = [comparison.Cells[0], .. comparison.Cells.Skip(1).Reverse()] });
        Assert.Equal(comparison.Cells.Select(cell => cell.Subject.ToString()), view.Cells.Select(cell => cell.Subject.ToString()));
    }

    [Fact]
    public void TradeOff_AveragesOverDevicesThatAllShownHaveFiguresFor()
    {
        var comparison = Samples.Comparison(["strongly-entangling", "basic-entangler"], [8], [3]);
        var cut = comparison.Cells[1] with { Resilience = [.. comparison.Cells[1].Resilience.Take(2)] };
        var tradeOff = TradeOff.Find(new(comparison with { Cells = [comparison.Cells[0], cut] }));
        Assert.Equal(["heavy-hex"], tradeOff.Devices);
        Assert.Equal(cut.Resilience[1].RelativeError!.Value.Value, tradeOff.Points[1].Error);
        Assert.Empty(tradeOff.Missing);
    }

    [Fact]
    public void TradeOff_FrontIsWhatNoOtherBeats()
    {
        var entry = View(["strongly-entangling"], 2, 2, 1, 1).Ansaetze[0];
        TradeOffPoint[] points = [new(entry, 0.1, 0.01, 0), new(entry, 0.2, 0.1, 0), new(entry, 0.2, 0.05, 0), new(entry, 0.3, 0.1, 0)];
        Assert.Equal(points[..2], new TradeOff(points, [], [], true).Front);
    }

    [Fact]
    public void TradeOff_LeavesOutWhatLogarithmsCannotShow()
    {
        var comparison = Samples.Comparison(["strongly-entangling", "basic-entangler"], [8], [3]);
        var cell = comparison.Cells[1];
        var idle = cell with { Gradients = cell.Gradients with { LivePairs = Estimate.Exact(0) } };
        var tradeOff = TradeOff.Find(new(comparison with { Cells = [comparison.Cells[0], idle] }));
        Assert.Equal("basic-entangler", Assert.Single(tradeOff.Missing).Name);
    }

    private static ComparisonView View(string[] names, int fewest, int most, int shallow, int deep) =>
        new(Samples.Comparison(names, Enumerable.Range(fewest, most - fewest + 1), Enumerable.Range(shallow, deep - shallow + 1)));
}
