using Fovea.Reporting.Words;
using Fovea.Study.Analysis;

namespace Fovea.Study.Reports.Words;

/// <summary>The study in a few sentences.</summary>
internal static class StudyFindings
{
    /// <summary>How much of the study there is.</summary>
    public static string Progress(StudyAnalysis analysis)
    {
        var (done, all) = (analysis.Cells.Count(), analysis.States.Count);
        return done == all
            ? $"All {Figures.Count(all, "cell")} are finished."
            : $"{done} of {Figures.Count(all, "cell")} are finished; the others are in the tables with the reason.";
    }

    /// <summary>Of each question the gradable share, the Fréchet distances, and then the counts of all comparisons.</summary>
    public static IEnumerable<string> Of(StudyComparison question)
    {
        foreach (var comparison in question.Comparisons.Where(comparison => comparison.Metric.Key is StudyMetrics.Gradable or StudyMetrics.Frechet))
            yield return ComparisonWords.Sentence(comparison, question.Family);
        if (question.Comparisons.Count > 0)
            yield return Counts(question);
        foreach (var left in question.LeftOut)
            yield return $"Not compared, {ComparisonWords.Size(left.Size)}: {left.What}: {left.Reason}.";
    }

    private static string Counts(StudyComparison question)
    {
        int Count(params Verdict[] verdicts) => question.Comparisons.Count(comparison => verdicts.Contains(comparison.Verdict));
        var different = question.Comparisons.Count(comparison => comparison.Verdict is not (Verdict.Unknown or Verdict.NoMeasurableDifference));
        var surviving = question.Comparisons.Count(comparison => comparison.Verdict is not (Verdict.Unknown or Verdict.NoMeasurableDifference) && ComparisonWords.SurvivesHolm(comparison));
        return $"Of {Figures.Count(question.Comparisons.Count, "comparison")}, {different} {(different == 1 ? "has" : "have")} an interval without 0 "
            + $"({question.Question.Arm} better in {Count(Verdict.Better)}, worse in {Count(Verdict.Worse)}, neither in {Count(Verdict.Higher, Verdict.Lower)}), "
            + $"{(question.Family == 0 ? "which no test over seeds could look at" : $"of which {(surviving == 0 ? "none" : $"{surviving}")} survive{(surviving == 1 ? "s" : "")} Holm's correction for the {question.Family} with a test")}; {Count(Verdict.NoMeasurableDifference)} show no measurable difference"
            + $"{(Count(Verdict.Unknown) is > 0 and var unknown ? $", {unknown} have no interval" : "")}.";
    }
}
