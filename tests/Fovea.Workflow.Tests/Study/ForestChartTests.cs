using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Charts;

namespace Fovea.Tests.Study;

public sealed class ForestChartTests
{
    // Arms of one autoencoder can be compared by the loss, others by their images only: the metric by which every question is compared wins.
    [Fact]
    public void Rows_Example_AreAllQuestionsByOneMetric()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var analysis = StudyAnalysis.Analyze(definition, cells, failures);
        var rows = ForestChart.Rows(analysis);
        Assert.Equal(StudyMetrics.Gradable, rows[0].Metric.Key);
        Assert.Single(rows.Select(row => row.Metric.Name).Distinct());
        Assert.Equal(definition.Questions.Select(question => (question.Arm, question.Against)), rows.Select(row => (row.Arm, row.Against)).Distinct());
        Assert.NotEqual(ForestChart.Png(rows, ChartTheme.Light), ForestChart.Png(rows, ChartTheme.Dark));
    }

    [Fact]
    public void Rows_EveryQuestionByTheLoss_AreOfTheLoss()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var analysis = StudyAnalysis.Analyze(definition, [.. cells.Select(cell => cell with { AutoencoderHash = "one" + cell.Seed })], failures);
        Assert.Equal(StudyMetrics.HeldOut, ForestChart.Rows(analysis)[0].Metric.Key);
    }

    [Fact]
    public void Rows_NothingCompared_IsEmpty()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        Assert.Empty(ForestChart.Rows(StudyAnalysis.Analyze(definition, [.. cells], failures) with { Comparisons = [] }));
    }
}
