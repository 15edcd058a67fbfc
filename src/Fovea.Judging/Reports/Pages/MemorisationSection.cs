using System.Globalization;
using System.Xml.Linq;
using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Judging.Reports.Pages;

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

    public static XElement Of(IReadOnlyList<MemorisationJudgement> judgements, XElement? chart) =>
        PageParts.Section(
            "memorisation", "Memorisation",
            judgements.Count == 0 ? EvaluationPage.NotMeasured() : new object?[] { Shares(judgements), chart, judgements.Select(Pairs) });

    private static XElement Shares(IReadOnlyList<MemorisationJudgement> judgements) =>
        PlainTable.Of(
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
