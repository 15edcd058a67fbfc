using System.Xml.Linq;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>All arms beside each other, a table a training size; an arm that is not there stays in its place with the reason.</summary>
internal static class ArmsSection
{
    private const int Columns = 5;

    public static XElement Of(StudyAnalysis analysis) =>
        PageParts.Section(
            "arms", "Arms",
            PageParts.Note(
                "Gradable: images of all seeds together, with Wilson's interval, as if images were independent; beside them the real held-out photographs and "
                    + "their reconstructions, a rough ceiling, since all images pass that decoder. Other figures: mean over seeds with Student's interval, or with one seed "
                    + "the interval over images."),
            analysis.Arms.GroupBy(arm => arm.Size).Select(group => Tables(analysis, group.Key.Name, [.. group])));

    // All figures in one table would fit no page.
    private static object[] Tables(StudyAnalysis analysis, string size, ArmSummary[] arms)
    {
        MetricKind[] shown = [.. analysis.Metrics.Where(metric => metric.Key != StudyMetrics.Gradable && arms.Any(arm => arm.Of(metric) is not null))];
        MetricKind[] first = [.. shown.Where(metric => metric.Key == StudyMetrics.Frechet)];
        MetricKind[] others = [.. shown.Except(first)];
        return
        [
            PlainTable.Of(
                Caption(size, arms),
                ["arm", "seeds", "gradable", "of real", "of reconstructed", .. first.Select(metric => metric.Name)],
                arms.Select(arm => arm.Cells.Count == 0 ? Absent(arm, first.Length) : Row(arm, first))),
            .. others.Chunk(Columns).Select(part => PlainTable.Of(
                Caption(size, arms) + ", further figures", ["arm", .. part.Select(metric => metric.Name)],
                arms.Select(arm => (IReadOnlyList<object?>)[arm.Arm.Name, .. part.Select(metric => StudyFigures.Value(metric.Unit, arm.Of(metric)))]))),
        ];
    }

    private static string Caption(string size, ArmSummary[] arms)
    {
        int[] images = [.. arms.SelectMany(arm => arm.Cells).Select(cell => cell.TrainingImages).Distinct().Order()];
        var count = images.Length == 0 || size == $"{images[0]}" ? "" : $" ({Phrases.Join([.. images.Select(number => $"{number}")])})";
        return $"Trained on {ComparisonWords.Size(size)}{count}";
    }

    private static IReadOnlyList<object?> Row(ArmSummary arm, MetricKind[] shown) =>
    [
        arm.Arm.Name,
        arm.Missing.Count == 0 ? $"{arm.Planned}" : new object[] { $"{arm.Cells.Count} of {arm.Planned}", Element("br"), Classed("span", "label", string.Join("; ", arm.Missing)) },
        StudyFigures.Value(MetricUnit.Share, arm.Generated),
        StudyFigures.Value(MetricUnit.Share, arm.Real),
        StudyFigures.Value(MetricUnit.Share, arm.Reconstructed),
        .. shown.Select(metric => StudyFigures.Value(metric.Unit, arm.Of(metric))),
    ];

    private static IReadOnlyList<object?> Absent(ArmSummary arm, int others) =>
        [arm.Arm.Name, new object[] { $"0 of {arm.Planned}", Element("br"), Classed("span", "label", string.Join("; ", arm.Missing)) }, .. Enumerable.Repeat(Figures.None, 3 + others)];
}
