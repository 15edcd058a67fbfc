using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Charts;

namespace Fovea.Tests.Study;

public sealed class SeriesChartTest
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
    public void Noise_NoVerdicts_LeavesThePanelOfGradabilityOut()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var analysis = StudyAnalysis.Of(definition, cells, failures);
        Assert.Equal(["Gradable images", "FD(FundusNet)"], NoisePanels.Of(analysis).Select(panel => panel.Title));
        analysis = analysis with { Noise = [.. analysis.Noise.Select(level => level with { Gradable = null })] };
        Assert.Equal(["FD(FundusNet)"], NoisePanels.Of(analysis).Select(panel => panel.Title));
    }
}
