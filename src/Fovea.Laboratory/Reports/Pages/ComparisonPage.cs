using System.Globalization;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>A comparison as one page that needs no other file and no network.</summary>
internal static class ComparisonPage
{
    private const string Footer = "The same figures for programs: comparison.csv, gradients.csv, decay.csv and comparison.json, beside this page.";

    // The table of all sizes is the widest of the page and has to fit on paper.
    private const string PrintRules = """
          #cells table { font-size: 4.4pt; }
          #cells th, #cells td { padding: .5pt 1pt; }

        """;

    private static readonly (string Id, string Heading)[] Sections =
    [
        ("overview", "Overview"), ("findings", "Findings"), ("charts", "Charts"), ("definitions", "Definitions"), ("cells", "All sizes"),
        ("dead", "Dead parameters"),
    ];

    public static string Text(ComparisonView view, TradeOff tradeOff, IReadOnlyList<PageChart> charts) =>
        new Page(Title(view), PageStyle.Text(print: PrintRules))
        {
            Header = [Compared(view), PageParts.Navigation(Sections), SettingsSection.Build(view)],
            Main =
            [
                Overview(view),
                FindingsSection.Build(view, tradeOff),
                PageParts.Section("charts", "Charts", charts.Select(chart => PageParts.Figure(chart, "Its figures are in the table of all sizes."))),
                DefinitionsSection.Build(view),
                AllSizes(view),
                DeadSection.Build(view),
            ],
            Footer = Footer,
        }.ToString();

    private static string Title(ComparisonView view) =>
        (view.Ansaetze.Count == 1 ? "One ansatz" : $"{view.Ansaetze.Count} ansätze compared")
            + $": n = {Sizes(view, size => size.Qubits)}, L = {Sizes(view, size => size.Layers)}";

    private static string Sizes(ComparisonView view, Func<CellSize, int> number) =>
        Phrases.Ranges(view.Cells.Select(cell => number(cell.Size())).Distinct());

    private static XElement Compared(ComparisonView view) =>
        Element("p", view.Ansaetze.SelectMany(entry => AnsatzName.Of(entry.Ansatz).Prepend(entry.Index == 0 ? "" : ", ")), ".");

    private static XElement Overview(ComparisonView view)
    {
        string[] absent = [.. view.Ansaetze.Where(entry => entry.At(view.Reference) is null).Select(entry => entry.Label)];
        return PageParts.Section(
            "overview", $"Overview at {view.Reference}",
            PageParts.Note(
                "The size that most ansätze share nearest to "
                    + $"{CellSize.Preferred}.{(absent.Length == 0 ? "" : $" Not laid out at it: {Phrases.Join(absent)}.")}"),
            SortableTable.Of(
                $"Ansätze at {view.Reference}",
                PageColumns.Name,
                PageColumns.Overview(view),
                view.Cells.Where(cell => cell.Size() == view.Reference)));
    }

    private static XElement AllSizes(ComparisonView view) =>
        PageParts.Section(
            "cells", "All sizes", PageParts.Note("Press a heading to sort by it, once more to turn the order."),
            SortableTable.Of("All ansätze at all sizes", PageColumns.Name, PageColumns.All(view), view.Cells));
}

/// <summary>The name of an ansatz on the page, its status set apart where it is a reconstruction.</summary>
internal static class AnsatzName
{
    public static object[] Of(Ansatz ansatz) =>
        AnsatzLabel.Remark(ansatz) is { } remark ? [ansatz.Name + " ", Classed("span", "label", $"({remark})")] : [ansatz.Name];
}

/// <summary>What the comparison was told to do.</summary>
internal static class SettingsSection
{
    public static XElement Build(ComparisonView view)
    {
        var comparison = view.Comparison;
        return Classed(
            "dl", "settings",
            Row("encoding", comparison.Encoding + (comparison.Reupload ? ", repeated before every layer" : ", once at the start")),
            Row("noises", view.Noises.Count == 0 ? "none" : string.Join(", ", view.Noises)),
            Row("draws", Draws(view)),
            Row("seed", comparison.Seed.ToString(CultureInfo.InvariantCulture)),
            Row("analyses", $"{view.Cells.Count}, in {Figures.Duration(comparison.Seconds)}"));
    }

    private static XElement[] Row(string name, string value) => [Element("dt", name), Element("dd", value)];

    private static string Draws(ComparisonView view)
    {
        string[] parts =
        [
            .. Part("gradients", view.Cells.Select(cell => cell.Gradients.LivePairs)),
            .. Part("entanglement", view.Cells.Select(cell => cell.Entanglement.MeyerWallachEncoded)),
            .. Part("expressibility", view.Cells.Where(cell => cell.Expressibility is not null).Select(cell => cell.Expressibility!.DivergenceEncoded)),
            .. Part("spectrum", view.Cells.Where(cell => cell.Spectrum is not null).Select(cell => cell.Spectrum!.Variance)),
            .. Part("noise", view.Cells.SelectMany(cell => cell.Resilience).Select(noise => noise.RelativeError).OfType<Estimate>()),
        ];
        return parts.Length == 0 ? "none: all figures are exact" : string.Join(", ", parts);
    }

    // Figures of one kind may take fewer draws at larger sizes.
    private static IEnumerable<string> Part(string name, IEnumerable<Estimate> estimates)
    {
        int[] samples = [.. estimates.Select(estimate => estimate.Samples).Where(count => count > 0)];
        if (samples.Length > 0)
            yield return $"{name} {(samples.Min() == samples.Max() ? $"{samples.Min()}" : $"{samples.Min()} to {samples.Max()}")}";
    }
}

/// <summary>What the numbers say, in words.</summary>
internal static class FindingsSection
{
    public static XElement Build(ComparisonView view, TradeOff tradeOff) =>
        PageParts.Section(
            "findings", "Findings",
            PageParts.Note("Sentences made from the numbers by fixed rules; ± is one standard error of sampling."),
            Overall([.. AnsatzFindings.Overall(view, tradeOff)]),
            Classed("div", "findings", view.Ansaetze.Select(entry => Build(view, entry))));

    private static XElement? Overall(string[] sentences) => sentences.Length == 0 ? null : Element("ul", sentences.Select(sentence => Element("li", sentence)));

    private static XElement Build(ComparisonView view, AnsatzEntry entry) =>
        Element(
            "section",
            Element("h3", AnsatzName.Of(entry.Ansatz)),
            Classed("p", "about", entry.Ansatz.Description),
            Element("ul", AnsatzFindings.Collect(view, entry).Select(sentence => Element("li", sentence))));
}

/// <summary>Every dead parameter with its reason, folded away.</summary>
internal static class DeadSection
{
    public static XElement Build(ComparisonView view) =>
        PageParts.Section(
            "dead", "Dead parameters", PageParts.Note("Parameters that no output depends on, with the gate that takes each."), view.Ansaetze.Select(Build));

    private static XElement Build(AnsatzEntry entry)
    {
        AnsatzAnalysis[] cells = [.. entry.Cells.Where(cell => cell.Structure.DeadParameters.Count > 0)];
        return cells.Length == 0
            ? Element("p", AnsatzName.Of(entry.Ansatz), ": none at any size.")
            : Element(
                "details",
                Element("summary", AnsatzName.Of(entry.Ansatz), $": at {cells.Length} of {Counted.Of(entry.Cells.Count, "size")}"),
                Element("dl", cells.Select(Build)));
    }

    private static object[] Build(AnsatzAnalysis cell) =>
    [
        Element("dt", $"{cell.Size()}: {cell.Structure.DeadParameters.Count} of {cell.Cost.Parameters}"),
        .. cell.Structure.DeadParameters.GroupBy(dead => dead.Reason).Select(dead => Element("dd", $"{dead.Key}: {string.Join(", ", dead.Select(Parameter))}")),
    ];

    private static string Parameter(DeadParameter dead) => dead.Gate.Length == 0 ? $"w{dead.Index}" : dead.Gate;
}
