using System.Xml.Linq;
using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
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
            Header = [Compared(view), PageParts.Navigation(Sections), SettingsSection.Of(view)],
            Main =
            [
                Overview(view),
                FindingsSection.Of(view, tradeOff),
                PageParts.Section("charts", "Charts", charts.Select(chart => PageParts.Figure(chart, "Its figures are in the table of all sizes."))),
                DefinitionsSection.Of(view),
                AllSizes(view),
                DeadSection.Of(view),
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
            PageParts.Note($"The size that most ansätze share nearest to {CellSize.Preferred}.{(absent.Length == 0 ? "" : $" Not laid out at it: {Phrases.Join(absent)}.")}"),
            SortableTable.Of($"Ansätze at {view.Reference}", PageColumns.Name, PageColumns.Overview(view), view.Cells.Where(cell => cell.Size() == view.Reference)));
    }

    private static XElement AllSizes(ComparisonView view) =>
        PageParts.Section(
            "cells", "All sizes", PageParts.Note("Press a heading to sort by it, once more to turn the order."),
            SortableTable.Of("All ansätze at all sizes", PageColumns.Name, PageColumns.All(view), view.Cells));
}
