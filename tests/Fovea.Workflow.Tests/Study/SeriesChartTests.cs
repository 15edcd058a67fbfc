using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Charts;

namespace Fovea.Tests.Study;

public sealed class SeriesChartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Png_PanelWithoutPoints_IsEmpty(bool logarithmic)
    {
        var panel = new SeriesPanel("nothing", "x", "y", [new ChartSeries("none", 0, [])]) { Logarithmic = logarithmic };
        Assert.False(panel.HasPoints);
        Assert.NotEmpty(SeriesChart.Png([panel], ChartTheme.Light));
    }

    [Fact]
    public void SideBySide_PointsAtOnePlace_AreMovedApartAndOthersStay()
    {
        var moved = SideBySide.Spread([[1, 5], [1.001], [1], [3]], 10);
        Assert.Equal(
            [0.85, 1.001, 1.15, 3, 5],
            new[] { moved[0][0], moved[1][0], moved[2][0], moved[3][0], moved[0][1] },
            (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void Noise_NoVerdicts_LeavesThePanelOfGradabilityOut()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var analysis = StudyAnalysis.Analyze(definition, cells, failures);
        Assert.Equal(["Gradable images", "FD(FundusNet)"], NoisePanels.Draw(analysis).Select(panel => panel.Title));
        analysis = analysis with { Noise = [.. analysis.Noise.Select(level => level with { Gradable = null })] };
        Assert.Equal(["FD(FundusNet)"], NoisePanels.Draw(analysis).Select(panel => panel.Title));
    }
}
