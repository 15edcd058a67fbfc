using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports;

/// <summary>An evaluation as few lines of plain text, for a terminal.</summary>
public static class EvaluationText
{
    /// <summary>The lines: warnings, then the figures in aligned rows, then what was not measured.</summary>
    public static IReadOnlyList<string> Lines(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. result.Warnings.Select(warning => "warning: " + warning),
            .. result.Gradability is { } gradability ? Gradability(gradability) : [],
            .. result.Features.Count > 0 ? Distances(result.Features) : [],
            .. result.Memorisation.Count > 0 ? Memorisation(result.Memorisation) : [],
            .. result.Omissions.Count > 0 ? result.Omissions.Select(omission => $"  {omission.What}: {omission.Reason}").Prepend("Not measured") : [],
        ];
    }

    private static IEnumerable<string> Gradability(GradabilityJudgement judgement) =>
        AlignedRows.Of(
            $"Gradable, by {judgement.Grader}, {GradabilityWords.Judge(judgement)}",
            [
                .. GradabilityWords.Rates(judgement).Select(rate => new[] { rate.Images, GradabilityWords.Share(rate), $"{rate.Gradable} of {rate.Total}" }),
                .. GradabilityWords.Differences(judgement)
                    .Select(difference => new[] { $"generated less {difference.From}", Numbers.Points(difference.Difference), "" }),
            ]);

    private static IEnumerable<string> Distances(IReadOnlyList<FeatureJudgement> features) =>
    [
        .. AlignedRows.Of(
            "Distance of generated from real images",
            [
                ["", "value", "real from real", "images a side", "generated at those"],
                .. features.SelectMany(judgement => new[]
                {
                    [
                        judgement.Network.FrechetName, Numbers.Text(judgement.Frechet), FidelityWords.Floor(judgement),
                        $"{judgement.FrechetFloor.Images}", FidelityWords.AtFloor(judgement),
                    ],
                    new[] { judgement.Network.KernelName, Numbers.Text(judgement.Kernel), FidelityWords.KernelFloor(judgement), "", "" },
                }),
            ]),
        .. AlignedRows.Of(
            "Supports",
            [
                ["", "precision", "recall", "density", "coverage", "expected"],
                .. features.Select(judgement => new[]
                {
                    judgement.Network.Name, Numbers.Text(judgement.Precision), Numbers.Text(judgement.Recall), Numbers.Text(judgement.Density),
                    Numbers.Text(judgement.Coverage), Figures.Number(judgement.ExpectedCoverage),
                }),
            ]),
    ];

    private static IEnumerable<string> Memorisation(IReadOnlyList<MemorisationJudgement> judgements) =>
        AlignedRows.Of(
            "Generated images as near to training images as few held-out ones are",
            [
                ["", "nearest 1 %", "expected", "nearest 5 %", "expected"],
                .. judgements.Select(judgement => new[]
                {
                    judgement.Space, MemorisationWords.Share(judgement.Report.BelowFirst), Numbers.Percentile(judgement.Report.BelowFirst.Expected),
                    MemorisationWords.Share(judgement.Report.BelowFifth), Numbers.Percentile(judgement.Report.BelowFifth.Expected),
                }),
            ]);
}
