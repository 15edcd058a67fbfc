using System.Globalization;
using System.Xml.Linq;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Reporting.Pages;

/// <summary>A table of few rows, whose order means something.</summary>
public static class PlainTable
{
    /// <summary>The table, in a frame that scrolls.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="headings">A heading a column, that of the rows' names first.</param>
    /// <param name="rows">Cells a column each: texts or elements; the first names the row.</param>
    public static XElement Draw(string caption, IReadOnlyList<string> headings, params IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(headings);
        return Classed(
            "div", "scroll", Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", caption),
            Element(
                "table",
                Element("caption", caption),
                Element("thead", Element("tr", headings.Select((text, column) => Classed("th", Style(column), Attribute("scope", "col"), text)))),
                Element("tbody", rows.Select(row => Element("tr", row.Select(Cell))))));
    }

    private static XElement Cell(object? content, int column) =>
        column == 0 ? Classed("th", "first", Attribute("scope", "row"), content) : Classed("td", "inner", content);

    private static string Style(int column) => column == 0 ? "first" : "inner";
}

/// <summary>A table that sorts by any column.</summary>
public static class SortableTable
{
    /// <summary>The table, in a frame that scrolls.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="heading">The rows' names.</param>
    /// <param name="columns">The columns after it; neighbours of one group share its heading.</param>
    /// <param name="rows">The rows in their first order.</param>
    public static XElement Of<TRow>(string caption, RowHeading<TRow> heading, IReadOnlyList<TableColumn<TRow>> columns, IEnumerable<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(columns);
        bool[] opens = [.. columns.Select((column, index) => index == 0 || columns[index - 1].Group != column.Group)];
        return Classed(
            "div", "scroll", Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", caption),
            Classed(
                "table", "sortable",
                Element("caption", caption),
                Element("thead", Groups(columns, opens), Headings(heading, columns, opens)),
                Element("tbody", rows.Select(row => Row(row, heading, columns, opens)))));
    }

    // A cell over each run of columns with the same group.
    private static XElement Groups<TRow>(IReadOnlyList<TableColumn<TRow>> columns, bool[] opens)
    {
        var row = Classed("tr", "groups", Classed("th", "first", ""));
        for (var first = 0; first < columns.Count;)
        {
            var next = first + 1;
            while (next < columns.Count && !opens[next])
                next++;
            row.Add(Classed("th", "opens", Attribute("scope", "colgroup"), Attribute("colspan", $"{next - first}"), columns[first].Group));
            first = next;
        }

        return row;
    }

    private static XElement Headings<TRow>(RowHeading<TRow> heading, IReadOnlyList<TableColumn<TRow>> columns, bool[] opens) =>
        Element("tr", Heading(heading.Heading, "first"), columns.Select((column, i) => Heading(column.Heading, Style(opens[i]))));

    private static XElement Heading(string text, string style) =>
        Classed("th", style, Attribute("scope", "col"), Attribute("aria-sort", "none"), Element("button", Attribute("type", "button"), text));

    private static XElement Row<TRow>(TRow row, RowHeading<TRow> heading, IReadOnlyList<TableColumn<TRow>> columns, bool[] opens) =>
        Element(
            "tr",
            Classed("th", "first", Attribute("scope", "row"), Attribute("data-value", heading.Value(row)), heading.Content(row)),
            columns.Select((column, i) => Classed("td", Style(opens[i]), Attribute("data-value", column.Value(row)), column.Text(row))));

    private static string Style(bool opens) => opens ? "opens" : "inner";
}

/// <summary>A column of a table for readers.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Group">What stands over it and its neighbours.</param>
/// <param name="Heading">Its own heading.</param>
/// <param name="Text">What the cell shows.</param>
/// <param name="Value">What it is sorted by; empty for a figure that there is none of.</param>
public sealed record TableColumn<TRow>(string Group, string Heading, Func<TRow, string> Text, Func<TRow, string> Value);

/// <summary>Makes columns of tables.</summary>
public static class TableColumns
{
    /// <summary>A column of counts.</summary>
    public static TableColumn<TRow> Of<TRow>(string group, string heading, Func<TRow, int?> count) =>
        new(group, heading, row => WholeNumber(count(row)) ?? Figures.None, row => WholeNumber(count(row)) ?? "");

    /// <summary>A column of numbers to three digits.</summary>
    public static TableColumn<TRow> Of<TRow>(string group, string heading, Func<TRow, double?> number) =>
        new(
            group,
            heading,
            row => number(row) is { } value ? Figures.Number(value) : Figures.None,
            row => number(row) is { } value ? Figures.Exact(value) : "");

    private static string? WholeNumber(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The first column of a table, which names its rows and stays in view.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Heading">Its heading.</param>
/// <param name="Content">The name of a row: texts and elements.</param>
/// <param name="Value">What it is sorted by.</param>
public sealed record RowHeading<TRow>(string Heading, Func<TRow, object?> Content, Func<TRow, string> Value);
