using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Evaluation.Results;
using Fovea.Metrics.Distributions;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Evaluation.Reports.Pages;

/// <summary>Whether generated images lie nearer to training images than other real ones do.</summary>
internal static class MemorisationSection
{
    private static readonly TableColumn<ClosePair>[] Columns =
    [
        TableColumns.Of<ClosePair>("nearest", "training image", pair => pair.Training),
        TableColumns.Of<ClosePair>("nearest", "distance", pair => pair.FeatureDistance),
        new("nearest", "held-out images as near", pair => Numbers.Percent(pair.Percentile), pair => Figures.Exact(pair.Percentile)),
        TableColumns.Of<ClosePair>("pixels", "distance (0 to 255)", pair => pair.PixelDistance),
    ];

    private static readonly RowHeading<ClosePair> Heading = new("generated image", pair => Number(pair), Number);

    public static XElement Build(IReadOnlyList<MemorisationJudgement> judgements, XElement? chart, XElement? membership) =>
        PageParts.Section(
            "memorisation", "Memorisation",
            judgements.Count == 0
                ? EvaluationPage.NotMeasured()
                : new object?[] { chart, Shares(judgements), Records(judgements), membership, Membership(judgements), judgements.Select(Pairs) });

    private static XElement? Records(IReadOnlyList<MemorisationJudgement> judgements)
    {
        object?[][] rows =
        [
            .. from judgement in judgements
               from row in Quantiles(judgement.Report.Records)
               select new object?[]
               {
                   judgement.Space, row.Name, Figures.Number(row.Quantile.Generated), Figures.Number(row.Quantile.HeldOut),
                   MemorisationWords.Ratio(row.Quantile),
               },
        ];
        return rows.Length == 0
            ? null
            : PlainTable.Draw(
                "Distance to closest record (DCR) and nearest neighbour distance ratio (NNDR) among the training images, with the bootstrap "
                    + "interval of generated over held-out",
                ["space", "figure", "generated", "held-out", "generated / held-out"], rows);
    }

    private static IEnumerable<(string Name, RecordQuantile Quantile)> Quantiles(ClosestRecords? records) =>
        records is null
            ? []
            :
            [
                ("DCR, median", records.Distance.Median), ("DCR, 5th percentile", records.Distance.Fifth),
                .. records.NeighbourRatio is { } ratio ? new[] { ("NNDR, median", ratio.Median), ("NNDR, 5th percentile", ratio.Fifth) } : [],
            ];

    private static XElement? Membership(IReadOnlyList<MemorisationJudgement> judgements)
    {
        object?[][] rows =
        [
            .. judgements.Where(judgement => judgement.Report.Membership is not null).Select(judgement => (judgement.Space, judgement.Report.Membership!.Area))
                .Select(row => new object?[] { row.Space, row.Area.Lower, row.Area.Higher, MemorisationWords.Area(row.Area) }),
        ];
        return rows.Length == 0
            ? null
            : PlainTable.Draw(
                "Membership inference: training images told from held-out ones by the distance to the nearest generated image, with DeLong's "
                    + "interval; 0.5 where nothing leaks",
                ["space", "training images", "held-out images", "area under the ROC curve"], rows);
    }

    private static XElement Shares(IReadOnlyList<MemorisationJudgement> judgements) =>
        PlainTable.Draw(
            "Generated images as near to a training image as few held-out real images are",
            ["space", "held-out images", "as near as their nearest 1 %", "expected", "as near as their nearest 5 %", "expected"],
            judgements.Select(judgement => new object?[]
            {
                judgement.Space, judgement.Report.HeldOutDistances.Count, MemorisationWords.Share(judgement.Report.BelowFirst),
                Numbers.Percentile(judgement.Report.BelowFirst.Expected), MemorisationWords.Share(judgement.Report.BelowFifth),
                Numbers.Percentile(judgement.Report.BelowFifth.Expected),
            }));

    private static XElement? Pairs(MemorisationJudgement judgement) =>
        judgement.Report.Closest.Count == 0
            ? null
            : Element(
                "details", Element("summary", $"Nearest pairs by {judgement.Space}"),
                SortableTable.Of($"Nearest pairs by {judgement.Space}, images by number", Heading, Columns, judgement.Report.Closest));

    private static string Number(ClosePair pair) => pair.Generated.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What classifiers and segmenters learn from generated images.</summary>
internal static class DownstreamSection
{
    public static XElement Build(DownstreamJudgement? judgement, SegmenterJudgement? segmenter) =>
        PageParts.Section(
            "downstream", "Downstream",
            judgement is null && segmenter is null
                ? EvaluationPage.NotMeasured()
                : new object?[] { judgement is null ? null : Measured(judgement), segmenter is null ? null : Measured(segmenter) });

    private static object[] Measured(SegmenterJudgement judgement) =>
    [
        PlainTable.Draw(
            $"Segmenters of {judgement.Mask}, tested on {Counted.Of(judgement.TestPairs, "held-out real image")}",
            ["trained on", "pairs of image and mask", "mean Dice"],
            judgement.Rows.Select(row => new object?[] { row.TrainedOn, row.Pairs, Numbers.Text(row.Dice) })),
        PageParts.Note($"Each segmenter takes {Counted.Of(judgement.Steps, "step")}. Generated images come with the masks that they were drawn for."),
    ];

    private static object[] Measured(DownstreamJudgement judgement) =>
    [
        PlainTable.Draw(
            $"Classifiers of {Phrases.Join(judgement.Classes)}, tested on {Counted.Of(judgement.TestImages, "held-out real image")}",
            ["trained on", "images", "balanced accuracy"],
            judgement.Rows.Select(row => new object?[] { row.TrainedOn, row.Images, Numbers.Text(row.BalancedAccuracy) })),
        PageParts.Note($"Guessing has {Figures.Number(judgement.Chance)}. Each classifier takes {Counted.Of(judgement.Steps, "step")}."),
    ];
}
