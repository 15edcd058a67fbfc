using Fovea.Core.Files;
using Fovea.Evaluation.Reports.Charts;
using Fovea.Evaluation.Reports.Pages;
using Fovea.Evaluation.Results;
using Fovea.Reporting;
using Fovea.Reporting.Charts;

namespace Fovea.Evaluation.Reports;

/// <summary>An evaluation as files: the figures for programs, and a page that holds all of it and needs no other file.</summary>
public static class EvaluationReport
{
    /// <summary>The page.</summary>
    public const string PageName = "report.html";

    /// <summary>The figures without pictures and without lists of a number an image.</summary>
    public const string JsonName = "report.json";

    /// <summary>Writes <see cref="JsonName"/> and last <see cref="PageName"/>, each at once or not at all.</summary>
    /// <param name="result">What is written.</param>
    /// <param name="folder">An existing folder.</param>
    /// <returns>The names of the files, in that order.</returns>
    public static IReadOnlyList<string> Write(EvaluationResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(folder);
        new ReportJson().Write(Path.Combine(folder, JsonName), EvaluationDocument.Of(result));
        PageChart[] charts = [.. EvaluationCharts.Draw(result).Select(PageChart.Draw)];
        AtomicFile.WriteText(Path.Combine(folder, PageName), EvaluationPage.Text(result, charts));
        return [JsonName, PageName];
    }

    /// <summary>What <see cref="JsonName"/> holds, without the line feed at its end.</summary>
    /// <param name="result">What is written.</param>
    public static string Json(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ReportJson().Text(EvaluationDocument.Of(result));
    }
}

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
            .. result.Features.Count > 0 ? Variety(result.Features) : [],
            .. result.TwoSample is { } told ? TwoSample(told) : [],
            .. result.Masks is { } masks ? Masks(masks) : [],
            .. result.Segmenter is { } segmenter ? Segmenter(segmenter) : [],
            .. result.Gradability is { } gradability ? Gradability(gradability) : [],
            .. result.Features.Count > 0 ? Distances(result.Features) : [],
            .. result.Memorisation.Count > 0 ? Memorisation(result.Memorisation) : [],
            .. result.Omissions.Count > 0 ? result.Omissions.Select(omission => $"  {omission.What}: {omission.Reason}").Prepend("Not measured") : [],
        ];
    }

    private static IEnumerable<string> Masks(MaskJudgement judgement) =>
        AlignedRows.Lines(
            $"Masks of {judgement.Mask} and what a fixed filter finds in the images",
            [["", "pairs", "Dice", "clDice"],
                .. MaskWords.Rows(judgement)
                .Select(row => new[] { row.Name, MaskWords.Pairs(row.Pairs), Numbers.Text(row.Pairs.Dice), Numbers.Text(row.Pairs.CentreLineDice) })]);

    private static IEnumerable<string> Segmenter(SegmenterJudgement judgement) =>
        AlignedRows.Lines(
            $"Segmenters of {judgement.Mask}, tested on {judgement.TestPairs} held-out real images",
            [["trained on", "pairs", "Dice"], .. judgement.Rows.Select(row => new[] { row.TrainedOn, $"{row.Pairs}", Numbers.Text(row.Dice) })]);

    private static IEnumerable<string> Gradability(GradabilityJudgement judgement) =>
        AlignedRows.Lines(
            $"Gradable, by {judgement.Grader}, {GradabilityWords.Judge(judgement)}",
            [
                .. GradabilityWords.Rates(judgement).Select(rate => new[] { rate.Images, GradabilityWords.Share(rate), $"{rate.Gradable} of {rate.Total}" }),
                .. GradabilityWords.Differences(judgement)
                    .Select(difference => new[] { $"generated less {difference.From}", Numbers.Points(difference.Difference), "" }),
            ]);

    private static IEnumerable<string> Distances(IReadOnlyList<FeatureJudgement> features) =>
    [
        .. AlignedRows.Lines(
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
        .. AlignedRows.Lines(
            "Generated images among real ones",
            [
                ["", "precision", "density"],
                .. features.Select(judgement => new[] { judgement.Network.Name, Numbers.Text(judgement.Precision), Numbers.Text(judgement.Density) }),
            ]),
    ];

    private static IEnumerable<string> Variety(IReadOnlyList<FeatureJudgement> features) =>
        AlignedRows.Lines(
            "Variety: real images that generated ones reach",
            [
                ["", "all images", "of like ones", "images a side", "generated at those", "real halves"],
                .. features.SelectMany(judgement => new[]
                {
                    [
                        $"recall, {judgement.Network.Name}", Numbers.Text(judgement.Recall), "", $"{judgement.SupportFloor?.Images}",
                        VarietyWords.Halves(judgement.SupportFloor?.GeneratedRecall), VarietyWords.Halves(judgement.SupportFloor?.RealRecall),
                    ],
                    new[]
                    {
                        $"coverage, {judgement.Network.Name}", Numbers.Text(judgement.Coverage),
                        Figures.Number(judgement.ExpectedCoverage), $"{judgement.SupportFloor?.Images}",
                        VarietyWords.Halves(judgement.SupportFloor?.GeneratedCoverage), VarietyWords.Halves(judgement.SupportFloor?.RealCoverage),
                    },
                }),
            ]);

    private static IEnumerable<string> TwoSample(TwoSampleJudgement judgement) =>
        AlignedRows.Lines(
            "Told apart by a small network (guessing: 50 %)",
            [
                ["", "right about", "images", "p of guessing"],
                .. TwoSampleWords.Rows(judgement).Select(
                    row => new[] { row.Name, TwoSampleWords.Share(row.Accuracy), $"{row.Accuracy.Total}", TwoSampleWords.PValue(row.Accuracy) }),
            ]);

    private static IEnumerable<string> Memorisation(IReadOnlyList<MemorisationJudgement> judgements) =>
    [
        .. AlignedRows.Lines(
            "Generated images as near to training images as few held-out ones are",
            [
                ["", "nearest 1 %", "expected", "nearest 5 %", "expected"],
                .. judgements.Select(judgement => new[]
                {
                    judgement.Space, MemorisationWords.Share(judgement.Report.BelowFirst), Numbers.Percentile(judgement.Report.BelowFirst.Expected),
                    MemorisationWords.Share(judgement.Report.BelowFifth), Numbers.Percentile(judgement.Report.BelowFifth.Expected),
                }),
            ]),
        .. AlignedRows.Lines(
            "Nearest training image: generated over held-out images (a generator that copies nothing: 1 or more), and who is told to be "
                + "trained on (0.5: nothing leaks)",
            [
                ["", "DCR, median", "DCR, 5 %", "NNDR, median", "NNDR, 5 %", "membership"],
                .. judgements.Select(judgement => new[]
                {
                    judgement.Space, MemorisationWords.Ratio(judgement.Report.Records?.Distance.Median), MemorisationWords.Ratio(
                        judgement.Report.Records?.Distance.Fifth),
                    MemorisationWords.Ratio(judgement.Report.Records?.NeighbourRatio?.Median), MemorisationWords.Ratio(
                        judgement.Report.Records?.NeighbourRatio?.Fifth),
                    judgement.Report.Membership is { Area: { } area } ? MemorisationWords.Area(area) : Figures.None,
                }),
            ]),
    ];
}
