using System.Xml.Linq;
using Fovea.Laboratory.Results;
using static Fovea.Laboratory.Reports.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>A table of analyses that sorts by any column.</summary>
internal static class SortableTable
{
    public static XElement Of(string caption, IReadOnlyList<TableColumn> columns, IEnumerable<AnsatzAnalysis> rows)
    {
        bool[] opens = [.. columns.Select((column, index) => index == 0 || columns[index - 1].Group != column.Group)];
        return Classed(
            "div", "scroll", Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", caption),
            Classed(
                "table", "sortable",
                Element("caption", caption),
                Element("thead", Groups(columns, opens), Headings(columns, opens)),
                Element("tbody", rows.Select(row => Row(row, columns, opens)))));
    }

    // A cell over each run of columns with the same group.
    private static XElement Groups(IReadOnlyList<TableColumn> columns, bool[] opens)
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

    private static XElement Headings(IReadOnlyList<TableColumn> columns, bool[] opens) =>
        Element("tr", Heading("ansatz", "first"), columns.Select((column, i) => Heading(column.Heading, Style(opens[i]))));

    private static XElement Heading(string text, string style) =>
        Classed("th", style, Attribute("scope", "col"), Attribute("aria-sort", "none"), Element("button", Attribute("type", "button"), text));

    private static XElement Row(AnsatzAnalysis row, IReadOnlyList<TableColumn> columns, bool[] opens) =>
        Element(
            "tr",
            Classed("th", "first", Attribute("scope", "row"), Attribute("data-value", row.Subject.Ansatz.Name), AnsatzName.Of(row.Subject.Ansatz)),
            columns.Select((column, i) => Classed("td", Style(opens[i]), Attribute("data-value", column.Value(row)), column.Text(row))));

    private static string Style(bool opens) => opens ? "opens" : "inner";
}
