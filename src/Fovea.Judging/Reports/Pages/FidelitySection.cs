using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;

namespace Fovea.Judging.Reports.Pages;

/// <summary>How near generated images are to real ones, and how many kinds of them there are.</summary>
internal static class FidelitySection
{
    public static XElement Of(EvaluationResult result, XElement? chart) =>
        PageParts.Section(
            "fidelity", "Fidelity and diversity",
            result.Features.Count == 0
                ? EvaluationPage.NotMeasured()
                : new object?[] { Frechet(result.Features), Kernel(result.Features), chart, Supports(result.Features) },
            Variety(result));

    private static XElement Frechet(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Of(
            "Fréchet distance of generated from real images, with half-sampling intervals",
            ["distance", "all images", "for ever more images", "images a side, N", "generated at N", "floor: real from real at N"],
            features.Select(judgement => new object?[]
            {
                judgement.Network.FrechetName, Numbers.Text(judgement.Frechet), FidelityWords.Limit(judgement), judgement.FrechetFloor.Images,
                FidelityWords.AtFloor(judgement), FidelityWords.Floor(judgement),
            }));

    private static XElement Kernel(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Of(
            "Kernel distance, unbiased, with half-sampling intervals", ["distance", "all images", "floor: halves of the real images"],
            features.Select(judgement => new object?[] { judgement.Network.KernelName, Numbers.Text(judgement.Kernel), FidelityWords.KernelFloor(judgement) }));

    private static XElement Supports(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Of(
            "Supports, with half-sampling intervals", ["network", "precision", "recall", "density", "coverage", "coverage of like distributions"],
            features.Select(judgement => new object?[]
            {
                judgement.Network.Name, Numbers.Text(judgement.Precision), Numbers.Text(judgement.Recall), Numbers.Text(judgement.Density),
                Numbers.Text(judgement.Coverage), Figures.Number(judgement.ExpectedCoverage),
            }));

    private static XElement? Variety(EvaluationResult result)
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
        return rows.Length == 0 ? null : PlainTable.Of("Pairs of images, mean ± standard error", ["figure", "generated pairs", "real pairs", "with more variety"], rows);
    }
}
