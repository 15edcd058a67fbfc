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
    public static XElement Of(string caption, IReadOnlyList<string> headings, params IEnumerable<IReadOnlyList<object?>> rows)
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
