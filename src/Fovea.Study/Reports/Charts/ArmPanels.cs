using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Reports.Charts;

/// <summary>Gradability and Fréchet distances of arms against what they are made of and what they were trained on.</summary>
internal static class ArmPanels
{
    private const double Thousand = 1000;

    /// <summary>Against the denoiser's parameters at one training size.</summary>
    public static IReadOnlyList<SeriesPanel> Parameters(StudyAnalysis analysis, TrainingSize size) =>
        Panels(analysis, "denoiser parameters (thousands)", arm => arm.Size == size, arm => arm.Cells[0].Costs.DenoiserParameters / Thousand);

    /// <summary>Against the number of training images; none where only one is finished.</summary>
    public static IReadOnlyList<SeriesPanel> Sizes(StudyAnalysis analysis) =>
        analysis.Cells.Select(cell => cell.TrainingImages).Distinct().Count() < 2
            ? []
            : [.. Panels(analysis, "training images (logarithmic)", _ => true, arm => arm.Cells[0].TrainingImages).Select(panel => panel with { Logarithmic = true, Joined = true })];

    /// <summary>A share in per cent.</summary>
    public static CellFigure Percent(CellFigure share) => new(100 * share.Value, 100 * share.Low, 100 * share.High);

    private static IReadOnlyList<SeriesPanel> Panels(StudyAnalysis analysis, string xLabel, Func<ArmSummary, bool> shown, Func<ArmSummary, double> place)
    {
        ArmSummary[] arms = [.. analysis.Arms.Where(arm => arm.Cells.Count > 0 && shown(arm))];
        SeriesPanel Panel(string title, string yLabel, Func<ArmSummary, CellFigure?> read) =>
            new(title, xLabel, yLabel, [.. analysis.Definition.Arms.Index().Select(arm => Series(arm.Item, arm.Index, arms, place, read)).Where(series => series.Points.Count > 0)]);
        SeriesPanel[] panels =
        [
            Panel("Gradable images", "gradable (%)", arm => arm.Generated is { } share ? Percent(share) : null) with { Most = 100 },
            .. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Frechet).Select(metric => Panel(metric.Name, "distance (smaller is better)", arm => arm.Of(metric))),
        ];
        return [.. panels.Where(panel => panel.HasPoints)];
    }

    private static ChartSeries Series(StudyArm arm, int index, ArmSummary[] arms, Func<ArmSummary, double> place, Func<ArmSummary, CellFigure?> read) =>
        new(
            arm.Name, index,
            [
                .. arms.Where(summary => summary.Arm == arm).Select(summary => (Place: place(summary), Value: read(summary)))
                    .Where(point => point.Value is not null && double.IsFinite(point.Value.Value) && point.Place > 0).OrderBy(point => point.Place)
                    .Select(point => new ChartPoint(point.Place, point.Value!)),
            ]);
}
