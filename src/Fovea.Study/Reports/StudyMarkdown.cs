using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Reports.Words;

namespace Fovea.Study.Reports;

/// <summary>A study at one training size as a Markdown table, for documents.</summary>
public static class StudyMarkdown
{
    /// <summary>
    /// A row an arm: gradable images with Wilson's interval beside real and reconstructed ones, Fréchet distances, and the paired differences of
    /// the gradable share and of the first Fréchet distance to the reference arm, with intervals.
    /// </summary>
    /// <param name="analysis">What is written.</param>
    /// <param name="size">The training size by name; null for the largest.</param>
    /// <param name="reference">The arm to compare with; null for the study's first.</param>
    public static string Table(StudyAnalysis analysis, string? size = null, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        size ??= analysis.Arms[0].Size.Name;
        reference ??= analysis.Definition.Arms[0].Name;
        MetricKind[] distances = [.. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Frechet)];
        MetricKind[] compared = [StudyMetrics.GradableShare, .. distances.Take(1)];
        string[] headings =
        [
            "arm", "seeds", "gradable", "of real", "of reconstructed", .. distances.Select(metric => metric.Name),
            .. compared.Select(metric => $"{metric.Name}: difference to {reference}"),
        ];
        return Row(headings) + Row(headings.Select((_, column) => column == 0 ? "---" : "---:"))
            + string.Concat(analysis.Arms.Where(arm => arm.Size.Name == size).Select(arm => Row(Cells(analysis, arm, reference, distances, compared))));
    }

    private static IEnumerable<string> Cells(StudyAnalysis analysis, ArmSummary arm, string reference, MetricKind[] distances, MetricKind[] compared) =>
    [
        arm.Arm.Name,
        arm.Missing.Count == 0 ? $"{arm.Planned}" : $"{arm.Cells.Count} of {arm.Planned} ({string.Join("; ", arm.Missing)})",
        StudyFigures.Value(MetricUnit.Share, arm.Generated),
        StudyFigures.Value(MetricUnit.Share, arm.Real),
        StudyFigures.Value(MetricUnit.Share, arm.Reconstructed),
        .. distances.Select(metric => StudyFigures.Value(metric.Unit, arm.Of(metric))),
        .. compared.Select(metric => Difference(analysis, arm, reference, metric)),
    ];

    private static string Difference(StudyAnalysis analysis, ArmSummary arm, string reference, MetricKind metric)
    {
        if (arm.Arm.Name == reference)
            return "reference";
        CellState[] states = [.. analysis.States.Where(state => state.Size == arm.Size)];
        var question = new StudyQuestion("", arm.Arm.Name, reference);
        var found = StudyComparer.Of(question, states, [metric], analysis.Bootstrap).Comparisons;
        return found.Count == 0 ? Figures.None : $"{StudyFigures.Difference(found[0])} {StudyFigures.Interval(found[0])} (n = {found[0].Seeds.Count}{(found[0].Seeds.Count == 1 ? ", over images" : "")})";
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
