using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Pages;

/// <summary>What a classifier learns from generated images.</summary>
internal static class DownstreamSection
{
    public static XElement Of(DownstreamJudgement? judgement) =>
        PageParts.Section("downstream", "Downstream", judgement is null ? EvaluationPage.NotMeasured() : Measured(judgement));

    private static object[] Measured(DownstreamJudgement judgement) =>
    [
        PlainTable.Of(
            $"Classifiers of {Phrases.Join(judgement.Classes)}, tested on {Figures.Count(judgement.TestImages, "held-out real image")}",
            ["trained on", "images", "balanced accuracy"],
            judgement.Rows.Select(row => new object?[] { row.TrainedOn, row.Images, Numbers.Text(row.BalancedAccuracy) })),
        PageParts.Note($"Guessing has {Figures.Number(judgement.Chance)}. Each classifier takes {Figures.Count(judgement.Steps, "step")}."),
    ];
}
