using System.Xml.Linq;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>Draws one operation; wire w lies at y = w · <see cref="WireSpacing"/>.</summary>
internal static class SvgGate
{
    public const double WireSpacing = 34;
    public const double BoxHeight = 24;
    private const double SignWidth = 20;
    private const double Padding = 7;

    /// <summary>How wide the operation is on its widest wire.</summary>
    public static double Width(Operation operation) => operation.Wires.Index()
        .Max(entry => GateNotation.Role(operation, entry.Index) == WireRole.Box ? BoxWidth(Label(operation)) : SignWidth);

    /// <summary>Width of a box around a label.</summary>
    public static double BoxWidth(IEnumerable<LabelRun> label) => Math.Max(BoxHeight, SvgShapes.TextWidth(label) + (2 * Padding));

    /// <summary>A group with the operation's exact text as its tooltip.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isDead">Whether it is marked as dead.</param>
    /// <param name="x">Its centre.</param>
    public static XElement Draw(Operation operation, bool isDead, double x)
    {
        var hue = SvgHue.Of(operation, isDead);
        var group = SvgShapes.Element("g", SvgShapes.Element("title", isDead ? $"{operation} (dead)" : operation.ToString()));
        var (first, last) = ColumnPlacement.Span(operation);
        if (first != last)
            group.Add(SvgShapes.Line(x, first * WireSpacing, x, last * WireSpacing, hue.Line));
        foreach (var (position, wire) in operation.Wires.Index())
            group.Add(Sign(operation, position, hue, x, wire * WireSpacing));
        return group;
    }

    private static XElement[] Sign(Operation operation, int position, SvgHue hue, double x, double y) =>
        GateNotation.Role(operation, position) switch
        {
            WireRole.Control => [SvgShapes.Circle(x, y, 4, hue.Line, hue.Line)],
            WireRole.Flip =>
            [
                SvgShapes.Circle(x, y, 8.5, "#ffffff", hue.Line),
                SvgShapes.Line(x - 8.5, y, x + 8.5, y, hue.Line),
                SvgShapes.Line(x, y - 8.5, x, y + 8.5, hue.Line),
            ],
            WireRole.Exchange =>
            [
                SvgShapes.Line(x - 5, y - 5, x + 5, y + 5, hue.Line, 2),
                SvgShapes.Line(x - 5, y + 5, x + 5, y - 5, hue.Line, 2),
            ],
            _ =>
            [
                SvgShapes.Box(x, y, BoxWidth(Label(operation)), BoxHeight, hue),
                SvgShapes.Text(x, y, Label(operation), hue.Text),
            ],
        };

    private static List<LabelRun> Label(Operation operation)
    {
        var name = GateNotation.Name(operation.Kind);
        return operation.Angle is { } angle ? [new($"{name} "), .. AngleLabel.Of(angle, 'θ')] : [new(name)];
    }
}
