using System.Xml.Linq;

namespace Fovea.Laboratory.Drawing;

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
