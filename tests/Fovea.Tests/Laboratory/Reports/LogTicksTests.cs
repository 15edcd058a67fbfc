using Fovea.Laboratory.Reports.Charts;
using ScottPlot;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class LogTicksTests
{
    [Fact]
    public void Range_LooksAtPositiveNumbersOnly()
    {
        Assert.Null(LogTicks.Range([0, -1, double.NaN, double.PositiveInfinity]));
        var range = LogTicks.Range([0, 1e-3, 0.1])!.Value;
        Assert.InRange(range.Min, -3.2, -3.01);
        Assert.InRange(range.Max, -0.99, -0.8);
    }

    [Theory]
    [InlineData(-5.1, -0.9, "1e-5 1e-4 0.001 0.01 0.1")]
    [InlineData(-1.1, 0.4, "0.1 0.2 0.5 1 2")]
    [InlineData(-0.6, -0.1, "0.3 0.4 0.5 0.6")]
    [InlineData(-0.222, -0.2147, "0.6 0.602 0.604 0.606 0.608")]
    [InlineData(4.6, 5.45, "50000 100000 150000 250000")]
    [InlineData(-20, 0, "1e-18 1e-15 1e-12 1e-9 1e-6 0.001 1")]
    public void Labels_AreRoundAndFew(double low, double high, string labels)
    {
        var range = new CoordinateRange(low, high);
        var generator = LogTicks.Generator(range);
        using var paint = Paint.NewDisposablePaint();
        generator.Regenerate(range, Edge.Bottom, new PixelLength(400), paint, new LabelStyle());
        var ticks = generator.Ticks.Where(tick => tick.IsMajor).ToList();
        Assert.Equal(labels, string.Join(' ', ticks.Select(tick => tick.Label)));
        Assert.All(ticks, tick => Assert.InRange(tick.Position, low, high));
    }
}
