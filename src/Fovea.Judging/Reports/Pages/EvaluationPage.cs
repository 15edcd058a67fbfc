using System.Globalization;
using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Charts;
using Fovea.Judging.Reports.Words;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Judging.Reports.Pages;

/// <summary>An evaluation as one page that needs no other file and no network.</summary>
internal static class EvaluationPage
{
    private const string ScreenRules = """
        nav a { white-space: nowrap; }
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
        ("summary", "Summary"), ("gradability", "Gradability"), ("fidelity", "Fidelity and diversity"), ("fundus", "Named figures"),
        ("memorisation", "Memorisation"), ("downstream", "Downstream"), ("pictures", "Pictures"), ("omissions", "What was not measured"),
        ("images", "Images and settings"), ("definitions", "Definitions"),
    ];

    public static string Text(EvaluationResult result, IReadOnlyList<PageChart> charts) =>
        new Page(string.Create(CultureInfo.InvariantCulture, $"Evaluation of {result.Generated.Images} generated images"), PageStyle.Text(ScreenRules))
        {
            Header = [Warnings(result.Warnings), PageParts.Navigation(Sections)],
            Main =
            [
                Summary(result),
                GradabilitySection.Of(result.Gradability),
                FidelitySection.Of(result, Chart(charts, EvaluationCharts.Frechet, "Its figures are in the tables before it.")),
                FundusSection.Of(result.Fundus, Chart(charts, EvaluationCharts.Fundus, "The means are in the table before it.")),
                MemorisationSection.Of(result.Memorisation, Chart(charts, EvaluationCharts.Copies, "Its shares are in the table before it.")),
                DownstreamSection.Of(result.Downstream),
                PicturesSection.Of(result.Pictures),
                OmissionsSection.Of(result.Omissions),
                ImagesSection.Of(result),
                DefinitionsSection.Of(),
            ],
            Footer = $"The same figures for programs: {EvaluationReport.JsonName}, beside this page.",
        }.ToString();

    /// <summary>What stands in the place of figures that there are none of.</summary>
    public static XElement NotMeasured() => PageParts.Note("Not measured. What was not measured has a section of its own, with the reasons.");

    private static XElement? Warnings(IReadOnlyList<string> warnings) =>
        warnings.Count == 0
            ? null
            : Classed("div", "warnings", Attribute("role", "note"), Element("h2", "Before you read on"), Element("ul", warnings.Select(text => Element("li", text))));

    private static XElement Summary(EvaluationResult result) =>
        PageParts.Section(
            "summary", "Summary",
            PageParts.Note("Sentences made from the numbers by fixed rules; brackets are 95 % intervals."),
            Element("ul", EvaluationFindings.Of(result).Select(sentence => Element("li", sentence))));

    private static XElement? Chart(IReadOnlyList<PageChart> charts, string file, string figures) =>
        charts.FirstOrDefault(chart => chart.Chart.FileName == file) is { } chart ? PageParts.Figure(chart, figures) : null;
}
