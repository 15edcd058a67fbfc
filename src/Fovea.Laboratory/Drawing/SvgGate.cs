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

/// <summary>The elements that drawings are made of. Coordinates are rounded to tenths.</summary>
internal static class SvgShapes
{
    public const double FontSize = 12;
    private const double SubscriptSize = 9;
    private const double SubscriptDrop = 3;

    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XElement Line(double x1, double y1, double x2, double y2, string stroke, double width = 1.5) =>
        Element("line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), Name("stroke", stroke), At("stroke-width", width));

    public static XElement Circle(double x, double y, double radius, string fill, string stroke) => Element(
        "circle", At("cx", x), At("cy", y), At("r", radius), Name("fill", fill), Name("stroke", stroke), At("stroke-width", 1.5));

    /// <summary>A rounded box around its centre.</summary>
    public static XElement Box(double x, double y, double width, double height, SvgHue hue) => Element(
        "rect",
        At("x", x - (width / 2)),
        At("y", y - (height / 2)),
        At("width", width),
        At("height", height),
        At("rx", 4),
        Name("fill", hue.Fill),
        Name("stroke", hue.Line),
        At("stroke-width", 1.2),
        hue.IsBroken ? Name("stroke-dasharray", "4 2.5") : null);

    /// <summary>Text whose middle line is at <paramref name="y"/>.</summary>
    public static XElement Text(double x, double y, IReadOnlyList<LabelRun> runs, string fill, string anchor = "middle")
    {
        var text = Element("text", At("x", x), At("y", y + (FontSize * 0.36)), Name("fill", fill), Name("text-anchor", anchor));
        var wasSubscript = false;
        foreach (var run in runs)
        {
            // A shift stays in force until it is taken back, which only a following piece can do.
            if (run.IsSubscript)
                text.Add(Element("tspan", At("dy", SubscriptDrop), At("font-size", SubscriptSize), run.Text));
            else if (wasSubscript)
                text.Add(Element("tspan", At("dy", -SubscriptDrop), run.Text));
            else
                text.Add(run.Text);
            wasSubscript = run.IsSubscript;
        }

        return text;
    }

    /// <summary>About how wide a text is in the common sans-serif fonts, which differ; rather too wide than too narrow.</summary>
    public static double TextWidth(IEnumerable<LabelRun> runs) => runs.Sum(run => run.Text.Length * (run.IsSubscript ? 5.8 : 7.4));

    public static XAttribute At(string name, double value) => new(name, Math.Round(value, 1));

    public static XAttribute Name(string name, string value) => new(name, value);
}
