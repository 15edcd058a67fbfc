using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Evaluation.Reports.Charts;
using Fovea.Evaluation.Results;
using Fovea.Judges.Images;
using Fovea.Reporting;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Evaluation.Reports.Pages;

/// <summary>An evaluation as one page that needs no other file and no network.</summary>
internal static class EvaluationPage
{
    private const string ScreenRules = """
        .warnings { border: 2px solid var(--mark); border-radius: 6px; background: var(--soft); padding: .75rem 1rem; margin: 1rem 0; }
        .warnings h2 { border: 0; margin: 0; padding: 0; color: var(--mark); font-size: 1.1rem; }
        .warnings ul { margin: .25rem 0 0; }
        .scroll { width: fit-content; max-width: 100%; margin: 1rem 0; }
        caption { caption-side: top; white-space: normal; }
        figure.picture img { width: auto; max-width: 100%; }
        dd.hash { font-family: ui-monospace, monospace; font-size: .85em; overflow-wrap: anywhere; }

        """;

    private static readonly (string Id, string Heading)[] Sections =
    [
        ("glance", "At a glance"), ("summary", "Summary"), ("variety", "Variety"), ("two-sample", "Two-sample test"), ("gradability", "Gradability"),
        ("fidelity", "Fidelity"), ("fundus", "Named figures"), ("masks", "Masks"), ("memorisation", "Memorisation"), ("classes", "Classes"),
        ("downstream", "Downstream"), ("pictures", "Pictures"), ("omissions", "What was not measured"),
        ("images", "Images and settings"), ("definitions", "Definitions"),
    ];

    public static string Text(EvaluationResult result, IReadOnlyList<PageChart> charts) =>
        new Page(
            string.Create(CultureInfo.InvariantCulture, $"Evaluation of {result.Generated.Images} generated images"),
            PageStyle.Text(ScreenRules + GlanceSection.ScreenRules))
        {
            Header = [PageParts.Navigation([.. Sections.Where(section => Applies(section.Id, result))])],
            Main =
            [
                GlanceSection.Build(result),
                Warnings(result.Warnings),
                Summary(result),
                VarietySection.Build(result, Chart(charts, EvaluationCharts.Variety, "Its figures are in the table after it.")),
                TwoSampleSection.Build(result, Chart(charts, EvaluationCharts.TwoSample, "The accuracy is in the table after it.")),
                result.Gradability is { } gradability ? GradabilitySection.Build(gradability) : null,
                FidelitySection.Build(result, Chart(charts, EvaluationCharts.Frechet, "Its figures are in the tables before it.")),
                result.Fundus is not { } fundus
                    ? null
                    : FundusSection.Build(fundus, Chart(charts, EvaluationCharts.Fundus, "The means are in the table before it.")),
                result.Masks is { } masks ? MaskSection.Build(masks, result.Pictures.Followed) : null,
                MemorisationSection.Build(
                    result.Memorisation, Chart(charts, EvaluationCharts.Copies, "Its shares are in the table after it."),
                    Chart(charts, EvaluationCharts.Membership, "The areas under its curves are in the table after it.")),
                result.Classes is { } classes ? ClassesSection.Build(classes) : null,
                DownstreamSection.Build(result.Downstream, result.Segmenter),
                PicturesSection.Build(result.Pictures),
                OmissionsSection.Build(result.Omissions),
                ImagesSection.Build(result),
                DefinitionsSection.Build(result),
            ],
            Footer = $"The same figures for programs: {EvaluationReport.JsonName}, beside this page.",
        }.ToString();

    /// <summary>What stands in the place of figures that there are none of.</summary>
    public static XElement NotMeasured() => PageParts.Note("Not measured. What was not measured has a section of its own, with the reasons.");

    /// <summary>Sections that belong to a kind of images are left out for others, and do not stand there empty.</summary>
    private static bool Applies(string section, EvaluationResult result) => section switch
    {
        "glance" => GlanceSection.Build(result) is not null,
        "gradability" => result.Gradability is not null,
        "classes" => result.Classes is not null,
        "fundus" => result.Fundus is not null,
        "masks" => result.Masks is not null,
        _ => true,
    };

    private static XElement? Warnings(IReadOnlyList<string> warnings) =>
        warnings.Count == 0
            ? null
            : Classed(
                "div", "warnings", Attribute("role", "note"), Element("h2", "Before you read on"), Element("ul", warnings.Select(text => Element("li", text))));

    private static XElement Summary(EvaluationResult result) =>
        PageParts.Section(
            "summary", "Summary",
            PageParts.Note("Sentences made from the numbers by fixed rules; brackets are 95 % intervals."),
            Element("ul", EvaluationFindings.Sentences(result).Select(sentence => Element("li", sentence))));

    private static XElement? Chart(IReadOnlyList<PageChart> charts, string file, string figures) =>
        charts.FirstOrDefault(chart => chart.Chart.FileName == file) is { } chart ? PageParts.Figure(chart, figures) : null;
}

/// <summary>Pictures beside those that the page begins with; those with photographs only where they were asked for.</summary>
internal static class PicturesSection
{
    public static XElement Build(ReportPictures pictures)
    {
        bool left = pictures.Real is null || pictures.ClosestPairs is null || pictures.Reconstructed is null;
        return PageParts.Section(
            "pictures", "Pictures",
            left
                ? PageParts.Note(
                    "Photographs were left out where a picture is missing: a photograph may identify a person. Reconstructions and nearest pairs may be "
                        + "missing for want of a run or of training images too.")
                : null,
            Picture(
                pictures.Reconstructed,
                "Reconstructions",
                "Real images above what the autoencoder makes of them: the generator cannot be sharper than that."),
            Picture(
                pictures.ClosestPairs,
                "Nearest pairs",
                "Generated images above the training images nearest to them, the nearest pair first. Copies would show here."));
    }

    public static XElement? Picture(byte[]? png, string title, string caption) =>
        png is null
            ? null
            : Classed(
                "figure", "picture", Element("h3", title), Element("img", Attribute("src", DataImage.Address(png)), Attribute("alt", caption)),
                Element("figcaption", caption));
}

/// <summary>What was compared, exactly enough to do it again.</summary>
internal static class ImagesSection
{
    public static XElement Build(EvaluationResult result)
    {
        (string Name, ImageSetDescription Description)[] sets =
        [
            ("generated", result.Generated), ("real", result.Real), .. result.Training is { } training ? new[] { ("training", training) } : [],
        ];
        return PageParts.Section(
            "images", "Images and settings",
            PlainTable.Draw(
                "The images", ["set", "source", "part", "images", "side (pixels)", "skipped files", "SHA-256 of the pixels"],
                sets.Select(set => new object?[]
                {
                    set.Name, set.Description.Source, set.Description.Part, set.Description.Images, set.Description.Side,
                    set.Description.Skipped.Count, Hash(set.Description.ContentHash),
                })),
            result.Features.Count == 0 ? null : Networks(result.Features),
            sets.Select(set => Skipped(set.Name, set.Description.Skipped)),
            Element("h3", "Settings"),
            Classed(
                "dl", "settings", result.Settings.Select(setting => PageParts.Term(setting.Key, setting.Value)),
                PageParts.Term("time", Figures.Duration(result.Seconds))));
    }

    private static XElement Networks(IReadOnlyList<FeatureJudgement> features) =>
        PlainTable.Draw(
            "The feature networks", ["network", "features", "input side (pixels)", "input", "SHA-256 of the file"],
            features.Select(judgement => judgement.Network).Select(network => new object?[]
                { network.Name, network.Dimensions, network.Side, network.Input, Hash(network.Hash) }));

    private static XElement? Skipped(string set, IReadOnlyList<SkippedImage> skipped) =>
        skipped.Count == 0
            ? null
            : Element(
                "details", Element("summary", $"{Counted.Of(skipped.Count, "file")} of the {set} set gave no image"),
                Element("dl", skipped.Select(file => PageParts.Term(file.File, file.Reason))));

    // The first digits tell hashes apart to the eye; all of them are in the JSON and in the tooltip.
    private static XElement Hash(string hash) => Element("code", Attribute("title", hash), hash.Length > 16 ? hash[..16] + "…" : hash);
}

/// <summary>What was not measured, and why.</summary>
internal static class OmissionsSection
{
    public static XElement Build(IReadOnlyList<Omission> omissions) =>
        PageParts.Section(
            "omissions", "What was not measured",
            omissions.Count == 0
                ? PageParts.Note("Nothing was left out.")
                : Classed("dl", "definitions", omissions.Select(omission => PageParts.Term(omission.What, omission.Reason))));
}
