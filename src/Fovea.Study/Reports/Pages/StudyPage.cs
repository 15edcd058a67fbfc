using System.Xml.Linq;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Charts;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>A study as one page that needs no other file and no network.</summary>
internal static class StudyPage
{
    private const string ScreenRules = """
        .scroll { width: fit-content; max-width: 100%; margin: 1rem 0; }
        caption { caption-side: top; white-space: normal; }
        td .label { white-space: normal; }
        td .label { display: inline-block; min-width: 12rem; max-width: 22rem; text-align: left; }
        .grids { display: flex; flex-wrap: wrap; gap: 1rem; margin: .5rem 0 1.5rem; }
        figure.grid { margin: 0; width: 16rem; break-inside: avoid; }
        figure.grid img { width: 100%; image-rendering: auto; }
        figure.grid .absent {
          margin: 0; display: flex; align-items: center; justify-content: center; text-align: center; aspect-ratio: 1; padding: 1rem;
          border: 1px dashed var(--line); border-radius: 4px; color: var(--mark); font-size: .85rem;
        }
        .hash { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
        pre { font-family: ui-monospace, monospace; font-size: .8rem; line-height: 1.4; overflow-x: auto; }

        """;

    private const string PrintRules = """
          .scroll { width: 100%; }
          td { white-space: nowrap; }
          td .label, tbody th { white-space: normal; }
          caption, h3 { break-after: avoid; }
          caption { white-space: normal; }
          thead { display: table-header-group; }
          section ul, dl.settings { break-inside: avoid; }
          td .label { min-width: 40mm; }
          .grids { display: block; }
          figure.grid { display: inline-block; width: 55mm; margin: 0 4mm 4mm 0; }
          figure.grid img { max-height: none; width: 100%; }

        """;

    public static string Text(StudyAnalysis analysis, IReadOnlyList<PageChart> charts, IReadOnlyList<string> skipped, StudyPictures pictures)
    {
        var study = analysis.Definition;
        XElement[] sections =
        [
            .. GlanceSection.Build(analysis, charts) is { } glance ? [glance] : Array.Empty<XElement>(),
            .. study.Sampling.Draws ? [PicturesSection.Build(analysis, pictures)] : Array.Empty<XElement>(),
            .. analysis.Protocol is { } planned ? [ProtocolSection.Build(planned)] : Array.Empty<XElement>(),
            Summary(analysis),
            ArmsSection.Build(analysis),
            .. analysis.Comparisons.Select((question, index) => QuestionSection.Build(question, index + 1, study.Protocol)),
            ChartsSection.Build([.. charts.Where(chart => chart.Chart.FileName != StudyCharts.Forest)], skipped),
            NoiseSection.Build(analysis),
            .. analysis.Tuning is { } tuning ? [TuningSection.Build(tuning)] : Array.Empty<XElement>(),
            LimitsSection.Build(analysis),
            MethodsSection.Build(),
            ComputeSection.Build(analysis),
            SettingsSection.Build(analysis),
        ];
        return new Page($"Study {study.Name}", PageStyle.Text(ScreenRules, PrintRules))
        {
            Header = [study.Title.Length == 0 ? null : Element("p", study.Title), PageParts.Navigation(sections.Select(Link))],
            Main = sections,
            Footer = $"The same figures for programs, beside this page: {StudyReport.JsonName}, {StudyReport.CsvName} and {StudyReport.ComparisonsName}.",
        }.ToString();
    }

    private static (string Id, string Heading) Link(XElement section) => (section.Attribute("id")!.Value, section.Element("h2")!.Value);

    private static XElement Summary(StudyAnalysis analysis) =>
        PageParts.Section(
            "summary", "Summary",
            PageParts.Note("Sentences made from the numbers by fixed rules; brackets are 95 % intervals."),
            Element("p", StudyFindings.Progress(analysis)),
            analysis.Comparisons.Select(question => new object[]
            {
                Element("h3", question.Question.Title),
                Element("ul", StudyFindings.Sentences(question).Select(sentence => Element("li", sentence))),
            }));
}

/// <summary>What a reader sees first: every planned comparison in one picture, and a sentence for each.</summary>
internal static class GlanceSection
{
    /// <summary>The section; null where nothing is compared yet.</summary>
    public static XElement? Build(StudyAnalysis analysis, IReadOnlyList<PageChart> charts)
    {
        if (charts.FirstOrDefault(chart => chart.Chart.FileName == StudyCharts.Forest) is not { } forest) return null;
        var rows = ForestChart.Rows(analysis);
        if (analysis.Protocol is { } planned)
        {
            return PageParts.Section(
                "glance", "At a glance",
                PageParts.Figure(forest, "Its figures are in the sentences below it."),
                Element("ul", planned.Answers.GroupBy(answer => answer.Question.Title).Select(question => Element(
                    "li", Element("strong", question.Key), question.Select(answer => " " + ProtocolWords.Sentence(answer))))));
        }

        return PageParts.Section(
            "glance", "At a glance",
            PageParts.Figure(forest, "Its figures are in the sentences below it."),
            Element("ul", analysis.Comparisons.Select(
                question => (question.Question.Title, Rows: question.Comparisons.Intersect(rows).ToArray(), question.Family))
                .Where(question => question.Rows.Length > 0).Select(question => Element(
                    "li", Element("strong", question.Title), question.Rows.Select(row => " " + ComparisonWords.Sentence(row, question.Family))))));
    }
}

/// <summary>The charts that there are data for, and why others are missing.</summary>
internal static class ChartsSection
{
    public static XElement Build(IReadOnlyList<PageChart> charts, IReadOnlyList<string> skipped) =>
        PageParts.Section(
            "charts", "Charts",
            charts.Select(chart => PageParts.Figure(chart, "Its figures are in the tables of arms and of noise. Points at one place are drawn side by side.")),
            skipped.Select(PageParts.Note));
}

/// <summary>Grids of generated images of equal seeds side by side.</summary>
internal static class PicturesSection
{
    public static XElement Build(StudyAnalysis analysis, StudyPictures pictures)
    {
        var seed = analysis.Definition.Seeds.MaxBy(seed => analysis.States.Count(state => state.Seed == seed && state.Result is not null));
        return PageParts.Section(
            "pictures", "Pictures",
            PageParts.Note(
                $"The first images of every cell of seed {seed}, not chosen; images at equal places began from the same noise. Grids of other "
                    + "seeds lie beside the results."),
            analysis.Arms.GroupBy(arm => arm.Size.Name)
                .Select(group => Size(group.Key, [.. analysis.States.Where(state => state.Seed == seed && state.Size.Name == group.Key)], pictures)));
    }

    private static object[] Size(string size, CellState[] states, StudyPictures pictures) =>
    [
        Element("h3", $"Trained on {ComparisonWords.Size(size)}"),
        Classed("div", "grids", states.Select(state => Picture(state, pictures))),
    ];

    private static XElement Picture(CellState state, StudyPictures pictures)
    {
        var png = state.Result is null ? null : pictures.Find(state.Name);
        return Classed(
            "figure", "grid",
            png is null
                ? Classed("p", "absent", state.Result is null ? state.Reason : "no picture")
                : Element("img", Attribute("src", DataImage.Address(png)), Attribute("alt", $"Generated images of {state.Name}")),
            Element("figcaption", state.Arm.Name));
    }
}
