using System.Xml.Linq;
using Fovea.Core;
using Fovea.Evaluation.Results;
using Fovea.Judges.Grading;

using Fovea.Reporting;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Evaluation.Reports.Pages;

/// <summary>How many kinds of real images there are among the generated ones.</summary>
internal static class VarietySection
{
    public static XElement Build(EvaluationResult result, XElement? chart) =>
        PageParts.Section(
            "variety", "Variety",
            result.Features.Count == 0 ? EvaluationPage.NotMeasured() : new object?[] { chart, Reached(result.Features) },
            Pairs(result));

    private static XElement Reached(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Draw(
            "Shares of real images that generated ones reach, with half-sampling intervals; at N images a side the mean and standard deviation over "
                + "random parts of the real images",
            ["figure, network", "all images", "of like distributions", "images a side, N", "generated at N", "real from real at N"],
            features.SelectMany(judgement => new[]
            {
                Row(
                    $"recall, {judgement.Network.Name}",
                    judgement.Recall,
                    Figures.None,
                    judgement.SupportFloor,
                    floor => floor.GeneratedRecall,
                    floor => floor.RealRecall),
                Row(
                    $"coverage, {judgement.Network.Name}",
                    judgement.Coverage,
                    Figures.Number(judgement.ExpectedCoverage),
                    judgement.SupportFloor,
                    floor => floor.GeneratedCoverage,
                    floor => floor.RealCoverage),
            }));

    private static object?[] Row(
        string name,
        Figure all,
        string expected,
        SupportFloor? floor,
        Func<SupportFloor, MeanOfSplits> generated,
        Func<SupportFloor, MeanOfSplits> real) =>
        floor is null
            ? [name, Numbers.Text(all), expected, Figures.None, Figures.None, Figures.None]
            : [name, Numbers.Text(all), expected, floor.Images, VarietyWords.Halves(generated(floor)), VarietyWords.Halves(real(floor))];

    private static XElement? Pairs(EvaluationResult result)
    {
        object?[][] rows =
        [
            .. result.Features.Select(judgement => new object?[]
            {
                $"feature distance, {judgement.Network.Name}", Numbers.Text(judgement.GeneratedVariety), Numbers.Text(judgement.RealVariety), "larger",
            }),
            .. result.Variety is { } variety
                ? new object?[][] { ["MS-SSIM", Numbers.Text(variety.Generated), Numbers.Text(variety.Real), "smaller"] }
                : [],
        ];
        return rows.Length == 0
            ? null
            : PlainTable.Draw("Pairs of images, mean ± standard error", ["figure", "generated pairs", "real pairs", "with more variety"], rows);
    }
}

/// <summary>Whether a network can tell generated from real images.</summary>
internal static class TwoSampleSection
{
    public static XElement Build(EvaluationResult result, XElement? chart) =>
        PageParts.Section(
            "two-sample", "Two-sample test", result.TwoSample is { } judgement
                ? Measured(judgement, result.Pictures.ToldApart, chart)
                : EvaluationPage.NotMeasured());

    private static object?[] Measured(TwoSampleJudgement judgement, byte[]? picture, XElement? chart) =>
    [
        PicturesSection.Picture(
            picture, "Told and not told",
            "Generated images that the networks told from real ones most surely, above those that they took for real ones most surely."),
        chart,
        PlainTable.Draw(
            "Images that a network which has not seen them is right about, with Wilson's interval; guessing has 50 %",
            ["images", "of each set", "right about", "of the first set", "of the second", "p of guessing"],
            TwoSampleWords.Rows(judgement).Select(row => new object?[]
            {
                row.Name, row.Accuracy.Images, TwoSampleWords.Share(row.Accuracy), Numbers.Percent(row.Accuracy.GeneratedFound / (double)row.Accuracy.Images),
                Numbers.Percent(row.Accuracy.RealFound / (double)row.Accuracy.Images), TwoSampleWords.PValue(row.Accuracy),
            })),
        PageParts.Note(
            $"A network takes {Counted.Of(judgement.Steps, "step")}, of real images alone half as many, at {judgement.Side} px; each judges the half of the "
                + "images that it has not seen. "
                + (judgement.IsByPerson
                    ? "All images of a person are in one half, and one of them is asked about."
                    : "Persons are not known, or have one image each.")),
        judgement.Real is null ? PageParts.Note("There are too few real images to tell halves of them apart.") : null,
    ];
}

/// <summary>How near generated images are to real ones.</summary>
internal static class FidelitySection
{
    public static XElement Build(EvaluationResult result, XElement? chart) =>
        PageParts.Section(
            "fidelity", "Fidelity",
            result.Features.Count == 0
                ? EvaluationPage.NotMeasured()
                : new object?[] { chart, Frechet(result.Features), Kernel(result.Features), Supports(result.Features) });

    private static XElement Frechet(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Draw(
            "Fréchet distance of generated from real images, with half-sampling intervals",
            ["distance", "all images", "for ever more images", "images a side, N", "generated at N", "floor: real from real at N"],
            features.Select(judgement => new object?[]
            {
                judgement.Network.FrechetName, Numbers.Text(judgement.Frechet), FidelityWords.Limit(judgement), judgement.FrechetFloor.Images,
                FidelityWords.AtFloor(judgement), FidelityWords.Floor(judgement),
            }));

    private static XElement Kernel(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Draw(
            "Kernel distance, unbiased, with half-sampling intervals", ["distance", "all images", "floor: halves of the real images"],
            features.Select(judgement => new object?[] { judgement.Network.KernelName, Numbers.Text(judgement.Kernel), FidelityWords.KernelFloor(judgement) }));

    private static XElement Supports(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Draw(
            "Generated images among real ones, with half-sampling intervals", ["network", "precision", "density"],
            features.Select(judgement => new object?[] { judgement.Network.Name, Numbers.Text(judgement.Precision), Numbers.Text(judgement.Density) }));
}

/// <summary>Which share of images can be read, beside the shares that it has to be seen with.</summary>
internal static class GradabilitySection
{
    private static readonly string[] Grades = [.. Enum.GetValues<QualityGrade>().Select(grade => grade.ToString().ToLowerInvariant())];

    public static XElement Build(GradabilityJudgement judgement) => PageParts.Section("gradability", "Gradability", Measured(judgement));

    private static object?[] Measured(GradabilityJudgement judgement) =>
    [
        Element("p", $"The grader {judgement.Grader} is {GradabilityWords.Judge(judgement)}: {judgement.OutsideReason}."),
        PlainTable.Draw(
            "Gradable images, with Wilson's interval", ["images", "in all", "good", "usable", "reject", "gradable", "gradable share"],
            GradabilityWords.Rates(judgement)
                .Select(rate => new object?[] { rate.Images, rate.Total, rate.Good, rate.Usable, rate.Reject, rate.Gradable, GradabilityWords.Share(rate) })),
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
        return rows.Length == 0 ? null : PlainTable.Draw("Differences of the gradable shares, with Newcombe's interval", ["", "difference", "says"], rows);
    }

    private static object[] Confusion(GraderConfusion confusion) =>
    [
        Element("h3", "The grader on held-out labelled photographs"),
        PlainTable.Draw(
            "Photographs by label (rows) and verdict (columns)", ["label", .. Grades],
            Grades.Zip(confusion.Counts, (label, counts) => (IReadOnlyList<object?>)[label, .. counts.Cast<object?>()])),
        PageParts.Note(
            confusion.Total == 0
                ? "There were no held-out photographs."
                : $"Wrong between gradable and not: {Numbers.Percent(confusion.BinaryError)} of {confusion.Total}: {confusion.Refused} "
                    + "that can be read were refused, "
                    + $"{confusion.Passed} that cannot passed. Exact grades: {Numbers.Percent(confusion.Accuracy)}."),
    ];
}

/// <summary>Colour, vessels, disc and light.</summary>
internal static class FundusSection
{
    public static XElement Build(FundusJudgement fundus, XElement? chart) =>
        PageParts.Section("fundus", "Named figures", fundus.Figures.Count == 0 ? EvaluationPage.NotMeasured() : Table(fundus.Figures), chart);

    private static XElement Table(IReadOnlyList<FundusFigure> figures) =>
        PlainTable.Draw(
            "Generated beside real images; W1 is the Wasserstein-1 distance with its half-sampling interval, the floor that of real from other real ones",
            ["figure", "generated, mean", "real, mean", "W1", "unit", "W1 at equal numbers", "floor at equal numbers", "says"],
            figures.Select(figure => new object?[]
            {
                figure.Name, Mean(figure.GeneratedMean), Mean(figure.RealMean), Numbers.Text(figure.Distance), figure.Unit,
                Figures.Number(figure.AtFloor), Figures.Number(figure.Floor),
                FundusWords.Verdict(figure),
            }));

    private static string Mean(double? value) => value is { } number ? Figures.Number(number) : Figures.None;
}
