using System.Globalization;
using System.Xml.Linq;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>
/// Draws a circuit as a picture in SVG that needs nothing else: colours by where an angle comes from, dead gates hollow with broken
/// outlines, and every gate with its exact text as a tooltip. Wide circuits are broken into rows.
/// </summary>
public static class SvgDrawing
{
    /// <summary>The width of a picture where nothing else is said.</summary>
    public const double DefaultWidth = 1000;

    private const double Margin = 22;

    /// <summary>Draws a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="maxWidth">Most units of width, a letter being about 7; a single column that is wider stays whole.</param>
    /// <returns>One svg element.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static string Of(Circuit circuit, double maxWidth = DefaultWidth) => Of(new CircuitDiagram(circuit), maxWidth);

    /// <summary>Draws a circuit with its sections and marks.</summary>
    /// <param name="diagram">The circuit, laid out.</param>
    /// <param name="maxWidth">Most units of width, a letter being about 7; a single column that is wider stays whole.</param>
    /// <returns>One svg element.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static string Of(CircuitDiagram diagram, double maxWidth = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        if (!(maxWidth > 0))
            throw new ArgumentOutOfRangeException(nameof(maxWidth), maxWidth, "must be positive");
        var readout = new DiagramReadout(diagram.Circuit);
        var rows = Rows(diagram, readout, maxWidth);
        var legend = new SvgLegend(diagram, readout);
        var labelHeight = diagram.Sections.IsEmpty ? 0 : SvgGate.WireSpacing * 0.75;
        var y = Margin;
        var content = new List<XElement>();
        foreach (var row in rows)
        {
            y += labelHeight;
            content.Add(row.Draw(y));
            y += ((diagram.Circuit.WireCount - 1) * SvgGate.WireSpacing) + (2 * Margin);
        }

        content.AddRange(legend.Draw(y));
        var width = rows.Select(row => row.Width).Append(legend.Width).Max();
        return Frame(diagram.Circuit, width, y + legend.Height, content);
    }

    private static SvgRow[] Rows(CircuitDiagram diagram, DiagramReadout readout, double maxWidth)
    {
        var columns = SvgColumn.All(diagram);
        var ranges = RowBreaks.Of(
            [.. columns.Select(column => column.Width)],
            [.. columns.Select(column => column.Label is not null)],
            maxWidth - SvgRow.Left - SvgRow.Right);
        return [.. ranges.Select((range, index) => new SvgRow(diagram, columns[range], readout, index == ranges.Count - 1))];
    }

    private static string Frame(Circuit circuit, double width, double height, List<XElement> content)
    {
        var box = string.Create(CultureInfo.InvariantCulture, $"0 0 {Math.Ceiling(width)} {Math.Ceiling(height)}");
        var picture = SvgShapes.Element(
            "svg",
            SvgShapes.Name("viewBox", box),
            SvgShapes.At("width", Math.Ceiling(width)),
            SvgShapes.At("height", Math.Ceiling(height)),
            SvgShapes.Name("role", "img"),
            SvgShapes.Name("aria-label", $"quantum circuit of {circuit.WireCount} wires and {circuit.Operations.Length} gates"),
            SvgShapes.Name("font-family", "sans-serif"),
            SvgShapes.At("font-size", SvgShapes.FontSize),
            // The labels are dark, and the page around the picture may be too.
            SvgShapes.Element("rect", SvgShapes.Name("width", "100%"), SvgShapes.Name("height", "100%"), SvgShapes.Name("fill", "#ffffff")),
            content);
        return picture.ToString().ReplaceLineEndings("\n");
    }
}
