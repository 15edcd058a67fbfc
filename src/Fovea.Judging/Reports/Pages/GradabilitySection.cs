using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Grading;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Judging.Reports.Pages;

/// <summary>Which share of images can be read, beside the shares that it has to be seen with.</summary>
internal static class GradabilitySection
{
    private static readonly string[] Grades = [.. Enum.GetValues<QualityGrade>().Select(grade => grade.ToString().ToLowerInvariant())];

    public static XElement Of(GradabilityJudgement? judgement) =>
        PageParts.Section("gradability", "Gradability", judgement is null ? EvaluationPage.NotMeasured() : Measured(judgement));

    private static object?[] Measured(GradabilityJudgement judgement) =>
    [
        Element("p", $"The grader {judgement.Grader} is {GradabilityWords.Judge(judgement)}: {judgement.OutsideReason}."),
        PlainTable.Of(
            "Gradable images, with Wilson's interval", ["images", "in all", "good", "usable", "reject", "gradable", "gradable share"],
            GradabilityWords.Rates(judgement).Select(rate => new object?[] { rate.Images, rate.Total, rate.Good, rate.Usable, rate.Reject, rate.Gradable, GradabilityWords.Share(rate) })),
        judgement.Reconstructed is null ? PageParts.Note("Without a run there are no reconstructions to show what its autoencoder leaves of the share.") : null,
        Differences(judgement),
        judgement.Confusion is { } confusion ? Confusion(confusion) : PageParts.Note("The grader's file does not say how it did on held-out photographs."),
        Classed(
            "dl", "settings", PageParts.Term("grader's input", $"{judgement.GraderSide} × {judgement.GraderSide} pixels"),
            Element("dt", "grader's SHA-256"), Classed("dd", "hash", judgement.GraderHash)),
    ];

    private static XElement? Differences(GradabilityJudgement judgement)
    {
        object?[][] rows =
        [
            .. GradabilityWords.Differences(judgement).Select(difference => new object?[]
            {
                $"generated less {difference.From}", Numbers.Points(difference.Difference),
                difference.Difference.Interval.Contains(0) ? "no measurable difference" : difference.Difference.Value < 0 ? "fewer gradable" : "more gradable",
            }),
        ];
        return rows.Length == 0 ? null : PlainTable.Of("Differences of the gradable shares, with Newcombe's interval", ["", "difference", "says"], rows);
    }

    private static object[] Confusion(GraderConfusion confusion) =>
    [
        Element("h3", "The grader on held-out labelled photographs"),
        PlainTable.Of(
            "Photographs by label (rows) and verdict (columns)", ["label", .. Grades],
            Grades.Zip(confusion.Counts, (label, counts) => (IReadOnlyList<object?>)[label, .. counts.Cast<object?>()])),
        PageParts.Note(
            confusion.Total == 0
                ? "There were no held-out photographs."
                : $"Wrong between gradable and not: {Numbers.Percent(confusion.BinaryError)} of {confusion.Total}: {confusion.Refused} that can be read were refused, "
                    + $"{confusion.Passed} that cannot passed. Exact grades: {Numbers.Percent(confusion.Accuracy)}."),
    ];
}
