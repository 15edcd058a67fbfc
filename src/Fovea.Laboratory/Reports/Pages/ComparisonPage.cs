using System.Xml.Linq;
using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Reports.Words;
using static Fovea.Laboratory.Reports.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>A comparison as one page that needs no other file and no network.</summary>
internal static class ComparisonPage
{
    private const string Footer = "The same figures for programs: comparison.csv, gradients.csv, decay.csv and comparison.json, beside this page.";

    private static readonly (string Id, string Heading)[] Sections =
    [
        ("overview", "Overview"), ("findings", "Findings"), ("charts", "Charts"), ("definitions", "Definitions"), ("cells", "All sizes"),
        ("dead", "Dead parameters"),
    ];

    public static string Text(ComparisonView view, TradeOff tradeOff, IReadOnlyList<PageChart> charts) =>
        Html.Text(Element(
            "html", Attribute("lang", "en"),
            Element(
                "head",
                Element("meta", Attribute("charset", "utf-8")),
                Element("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")),
                Element("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark")),
                Element("title", Title(view)),
                Element("style", Raw(PageStyle.Text))),
            Element(
                "body",
                Element("header", Element("h1", Title(view)), Compared(view), Navigation(), SettingsSection.Of(view)),
                Element(
                    "main",
                    Overview(view),
                    FindingsSection.Of(view, tradeOff),
                    Section("charts", "Charts", charts.Select(Figure)),
                    DefinitionsSection.Of(view),
                    AllSizes(view),
                    DeadSection.Of(view)),
                Element("footer", Element("p", Footer)),
                Element("script", Raw(PageScript.Text)))));

    /// <summary>A section with its heading.</summary>
    public static XElement Section(string id, string heading, params object?[] content) =>
        Element("section", Attribute("id", id), Element("h2", heading), content);

    /// <summary>A paragraph that stands back.</summary>
    public static XElement Note(string text) => Classed("p", "faint", text);

    private static string Title(ComparisonView view) =>
        (view.Ansaetze.Count == 1 ? "One ansatz" : $"{view.Ansaetze.Count} ansätze compared")
            + $": n = {Sizes(view, size => size.Qubits)}, L = {Sizes(view, size => size.Layers)}";

    private static string Sizes(ComparisonView view, Func<CellSize, int> number) =>
        Phrases.Ranges(view.Cells.Select(cell => number(cell.Size())).Distinct());

    private static XElement Compared(ComparisonView view) =>
        Element("p", view.Ansaetze.SelectMany(entry => AnsatzName.Of(entry.Ansatz).Prepend(entry.Index == 0 ? "" : ", ")), ".");

    private static XElement Navigation() =>
        Element("nav", Attribute("aria-label", "Sections"), Sections.Select(section => Element("a", Attribute("href", "#" + section.Id), section.Heading)));

    private static XElement Overview(ComparisonView view)
    {
        string[] absent = [.. view.Ansaetze.Where(entry => entry.At(view.Reference) is null).Select(entry => entry.Label)];
        return Section(
            "overview", $"Overview at {view.Reference}",
            Note($"The size that most ansätze share nearest to {CellSize.Preferred}.{(absent.Length == 0 ? "" : $" Not laid out at it: {Phrases.Join(absent)}.")}"),
            SortableTable.Of($"Ansätze at {view.Reference}", PageColumns.Overview(view), view.Cells.Where(cell => cell.Size() == view.Reference)));
    }

    private static XElement AllSizes(ComparisonView view) =>
        Section(
            "cells", "All sizes", Note("Press a heading to sort by it, once more to turn the order."),
            SortableTable.Of("All ansätze at all sizes", PageColumns.All(view), view.Cells));

    private static XElement Figure(PageChart chart) =>
        Element(
            "figure", Attribute("id", "chart-" + Path.GetFileNameWithoutExtension(chart.Chart.FileName)),
            Element("h3", chart.Chart.Title),
            Element(
                "picture",
                Element("source", Attribute("media", "screen and (prefers-color-scheme: dark)"), Attribute("srcset", Data(chart.Dark))),
                Element("img", Attribute("src", Data(chart.Light)), Attribute("alt", $"Chart: {chart.Chart.Title}. Its figures are in the table of all sizes."))),
            Element("figcaption", chart.Chart.Caption));

    private static string Data(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);
}
