using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Words;

/// <summary>What classifiers trained on generated images say.</summary>
internal static class DownstreamWords
{
    public static IEnumerable<string> Sentences(DownstreamJudgement judgement) =>
        judgement.Rows.Select(row =>
            $"A classifier trained on {(row.TrainedOn == "both" ? "real and generated" : row.TrainedOn)} images has a balanced accuracy of {Numbers.Text(row.BalancedAccuracy)}"
                + $"{Beside(row.BalancedAccuracy, judgement.Chance)}.");

    private static string Beside(Figure accuracy, double chance) =>
        accuracy.Interval is not { } interval ? $", guessing {Figures.Number(chance)}"
            : interval.Contains(chance) ? $": no measurable difference from guessing, {Figures.Number(chance)}"
            : $", {(interval.Low > chance ? "more" : "less")} than guessing, {Figures.Number(chance)}";
}
