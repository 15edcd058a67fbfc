using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Words;
using Fovea.Study.Results;

namespace Fovea.Study.Reports;

/// <summary>A study as few lines of plain text, for a terminal.</summary>
public static class StudyText
{
    /// <summary>The lines: how much is finished, arms in aligned rows, what is missing, then each question's findings.</summary>
    /// <param name="analysis">What is written.</param>
    public static IReadOnlyList<string> Lines(StudyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return
        [
            StudyFindings.Progress(analysis),
            .. analysis.Arms.GroupBy(arm => arm.Size.Name).SelectMany(group => Arms(analysis, group.Key, [.. group])),
            .. analysis.Comparisons.SelectMany(question => StudyFindings.Of(question).Concat(SeedWords.Sentences(question)).Select(sentence => "  " + sentence).Prepend(question.Question.Title)),
        ];
    }

    private static IEnumerable<string> Arms(StudyAnalysis analysis, string size, ArmSummary[] arms)
    {
        MetricKind[] distances = [.. analysis.Metrics.Where(metric => metric.Key == StudyMetrics.Frechet)];
        string[][] rows =
        [
            ["", "seeds", "gradable", "of real", "of reconstructed", .. distances.Select(metric => metric.Name)],
            .. arms.Select(arm => (string[])
            [
                arm.Arm.Name, $"{arm.Cells.Count} of {arm.Planned}", Share(arm.Generated), Share(arm.Real), Share(arm.Reconstructed),
                .. distances.Select(metric => StudyFigures.Value(metric.Unit, arm.Of(metric))),
            ]),
        ];
        return AlignedRows.Of(rows)
            .Prepend($"Trained on {ComparisonWords.Size(size)}")
            .Concat(arms.SelectMany(arm => arm.Missing.Select(missing => $"  {arm.Arm.Name}, {missing}")));
    }

    private static string Share(CellFigure? figure) => StudyFigures.Value(MetricUnit.Share, figure);
}
