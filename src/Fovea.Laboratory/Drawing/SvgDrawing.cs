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
    public static string Draw(Circuit circuit, double maxWidth = DefaultWidth) => Draw(new CircuitDiagram(circuit), maxWidth);

    /// <summary>Draws a circuit with its sections and marks.</summary>
    /// <param name="diagram">The circuit, laid out.</param>
    /// <param name="maxWidth">Most units of width, a letter being about 7; a single column that is wider stays whole.</param>
    /// <returns>One svg element.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static string Draw(CircuitDiagram diagram, double maxWidth = DefaultWidth) => Element(diagram, maxWidth).ToString().ReplaceLineEndings("\n");

    /// <summary>Draws a circuit with its sections and marks, as an element for a page.</summary>
    /// <param name="diagram">The circuit, laid out.</param>
    /// <param name="maxWidth">Most units of width, a letter being about 7; a single column that is wider stays whole.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static XElement Element(CircuitDiagram diagram, double maxWidth = DefaultWidth)
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
        var ranges = RowBreaks.Find(
            [.. columns.Select(column => column.Width)],
            [.. columns.Select(column => column.Label is not null)],
            maxWidth - SvgRow.Left - SvgRow.Right);
        return [.. ranges.Select((range, index) => new SvgRow(diagram, columns[range], readout, index == ranges.Count - 1))];
    }

    private static XElement Frame(Circuit circuit, double width, double height, List<XElement> content)
    {
        var box = string.Create(CultureInfo.InvariantCulture, $"0 0 {Math.Ceiling(width)} {Math.Ceiling(height)}");
        return SvgShapes.Element(
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
    }
}

/// <summary>What stands below a drawing: the outputs that are not on the wires, then the colours that occur.</summary>
internal sealed class SvgLegend(CircuitDiagram diagram, DiagramReadout readout)
{
    private const double LineHeight = 20;
    private const double Swatch = 14;
    private const double Indent = 10;

    private readonly SvgHue[] _hues = Hues(diagram);

    public double Height => (readout.Lines.Count + (_hues.Length > 0 ? 1 : 0)) * LineHeight;

    public double Width => Math.Max(
        _hues.Sum(EntryWidth),
        readout.Lines.Select(line => SvgShapes.TextWidth([new(line)])).DefaultIfEmpty().Max()) + (2 * Indent);

    public IEnumerable<XElement> Draw(double y)
    {
        foreach (var line in readout.Lines)
        {
            yield return SvgShapes.Text(Indent, y, [new(line)], SvgHue.Fixed.Text, "start");
            y += LineHeight;
        }

        var x = Indent;
        foreach (var hue in _hues)
        {
            yield return SvgShapes.Box(x + (Swatch / 2), y, Swatch, Swatch, hue);
            yield return SvgShapes.Text(x + Swatch + 6, y, [new(hue.Meaning)], SvgHue.Fixed.Text, "start");
            x += EntryWidth(hue);
        }
    }

    private static double EntryWidth(SvgHue hue) => Swatch + 6 + SvgShapes.TextWidth([new(hue.Meaning)]) + 12;

    private static SvgHue[] Hues(CircuitDiagram diagram)
    {
        var gates = diagram.Circuit.Operations.Select((operation, index) => SvgHue.Of(operation, diagram.IsDead(index)));
        if (diagram.Circuit.Preparation == StatePreparation.Amplitudes)
            gates = gates.Append(SvgHue.Input);
        var hues = new[] { SvgHue.Input, SvgHue.Weight, SvgHue.Fixed, SvgHue.Dead }.Intersect(gates).ToArray();
        // One grey alone tells nothing apart.
        return hues is [var only] && only == SvgHue.Fixed ? [] : hues;
    }
}

/// <summary>The colours of a gate, by where its angle comes from. Blue and orange stay apart for colour-blind readers.</summary>
/// <param name="Meaning">For the legend.</param>
/// <param name="Line">Outlines, dots and connecting lines.</param>
/// <param name="Fill">Inside of boxes.</param>
/// <param name="Text">Labels.</param>
internal sealed record SvgHue(string Meaning, string Line, string Fill, string Text)
{
    /// <summary>Broken outlines, so that the mark does not rest on colour alone.</summary>
    public bool IsBroken { get; private init; }

    public static SvgHue Input { get; } = new("takes an input x", "#2563eb", "#dbeafe", "#1e3a8a");

    public static SvgHue Weight { get; } = new("takes a weight θ", "#d97706", "#fef3c7", "#78350f");

    public static SvgHue Fixed { get; } = new("fixed", "#475569", "#f1f5f9", "#1e293b");

    public static SvgHue Dead { get; } = new("dead: no output depends on its angle", "#be123c", "#ffffff", "#be123c") { IsBroken = true };

    public static SvgHue Of(Operation operation, bool isDead) => operation.Angle switch
    {
        _ when isDead => Dead,
        { Source: AngleSource.Weight } => Weight,
        { Source: AngleSource.Input or AngleSource.InputProduct } => Input,
        _ => Fixed,
    };
}
