using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Judging.Reports.Pages;

/// <summary>What was compared, exactly enough to do it again.</summary>
internal static class ImagesSection
{
    public static XElement Of(EvaluationResult result)
    {
        (string Name, ImageSetFacts Facts)[] sets =
        [
            ("generated", result.Generated), ("real", result.Real), .. result.Training is { } training ? new[] { ("training", training) } : [],
        ];
        return PageParts.Section(
            "images", "Images and settings",
            PlainTable.Of(
                "The images", ["set", "source", "part", "images", "side (pixels)", "skipped files", "SHA-256 of the pixels"],
                sets.Select(set => new object?[]
                {
                    set.Name, set.Facts.Source, set.Facts.Part, set.Facts.Images, set.Facts.Side, set.Facts.Skipped.Count, Hash(set.Facts.ContentHash),
                })),
            result.Features.Count == 0 ? null : Networks(result.Features),
            sets.Select(set => Skipped(set.Name, set.Facts.Skipped)),
            Element("h3", "Settings"),
            Classed(
                "dl", "settings", result.Settings.Select(setting => PageParts.Term(setting.Key, setting.Value)),
                PageParts.Term("time", Figures.Duration(result.Seconds))));
    }

    private static XElement Networks(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Of(
            "The feature networks", ["network", "features", "input side (pixels)", "input", "SHA-256 of the file"],
            features.Select(judgement => judgement.Network).Select(network => new object?[]
                { network.Name, network.Dimensions, network.Side, network.Input, Hash(network.Hash) }));

    private static XElement? Skipped(string set, IReadOnlyList<SkippedImage> skipped) =>
        skipped.Count == 0
            ? null
            : Element(
                "details", Element("summary", $"{Figures.Count(skipped.Count, "file")} of the {set} set gave no image"),
                Element("dl", skipped.Select(file => PageParts.Term(file.File, file.Reason))));

    // The first digits tell hashes apart to the eye; all of them are in the JSON and in the tooltip.
    private static XElement Hash(string hash) => Element("code", Attribute("title", hash), hash.Length > 16 ? hash[..16] + "…" : hash);
}
