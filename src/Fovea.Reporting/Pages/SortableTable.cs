using System.Xml.Linq;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Reporting.Pages;

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
