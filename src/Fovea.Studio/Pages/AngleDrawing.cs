using System.Globalization;
using System.Xml.Linq;
using Fovea.Quantum.Circuits;

namespace Fovea.Studio.Pages;

/// <summary>Angles where they began and where they are, side by side, as a picture that takes its colours from the page.</summary>
internal static class AngleDrawing
{
    private const double Step = 12.5;
    private const double Left = 44;
    private const double Top = 12;
    private const double Half = 80; // pixels of π
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture: an open circle at the start, a full one now, a cross for one that does nothing; each angle goes the short way round.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="start">[weight], radians.</param>
    /// <param name="moved">[weight], how far each moved from there, −π to π.</param>
    /// <param name="dead">Weights that do nothing.</param>
    internal static XElement Draw(Circuit circuit, IReadOnlyList<double> start, IReadOnlyList<double> moved, IReadOnlySet<int> dead)
    {
        // Where an angle crosses ±π its line goes on beyond: the picture is as high as it takes.
        var reach = Math.PI;
        for (var k = 0; k < start.Count; k++) reach = Math.Max(reach, Math.Abs(Wrapped(start[k]) + moved[k]));
        var (width, middle) = (Left + (Step * start.Count) + 8, Top + (Half * reach / Math.PI));
        var height = (2 * middle) + 18;
        return Svg(
            "svg", ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.#} {height:0.#}")), ("width", At(width)), ("height", At(height)),
            ("class", "angles"), ("role", "img"), ("aria-label", $"{start.Count} angles at the start and now; the table below has them as numbers"))
            .With(new[] { -1, 0, 1 }.SelectMany(turn => Line(turn, middle - (turn * Half), width)))
            .With(Enumerable.Range(0, start.Count).Select(k => Angle(circuit, k, Wrapped(start[k]), moved[k], middle, dead.Contains(k))))
            .With(Enumerable.Range(0, start.Count).Where(k => k % 5 == 0)
                .Select(k => Svg("text", ("x", At(X(k))), ("y", At(height - 4)), ("text-anchor", "middle")).With([new XText($"{k}")])));
    }

    private static IEnumerable<XElement> Line(int turn, double y, double width) =>
    [
        Svg("line", ("x1", At(Left - 6)), ("x2", At(width)), ("y1", At(y)), ("y2", At(y)), ("class", "axis")),
        Svg("text", ("x", At(Left - 10)), ("y", At(y + 4)), ("text-anchor", "end")).With([new XText(turn == 0 ? "0" : turn > 0 ? "π" : "−π")]),
    ];

    private static XElement Angle(Circuit circuit, int k, double start, double moved, double middle, bool isDead)
    {
        double Y(double angle) => middle - (angle * Half / Math.PI);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"θ{k}, {AngleGates.Name(circuit, k)}: {start:0.000} → {start + moved:0.000} rad{(isDead ? ", does nothing" : "")}");
        return Svg("g", ("class", isDead ? "dead" : "live")).With(
        [
            Svg("title").With([new XText(text)]),
            Svg("line", ("x1", At(X(k))), ("x2", At(X(k))), ("y1", At(Y(start))), ("y2", At(Y(start + moved)))),
            Svg("circle", ("cx", At(X(k))), ("cy", At(Y(start))), ("r", "4"), ("class", "start")),
            isDead ? Cross(X(k), Y(start + moved)) : Svg("circle", ("cx", At(X(k))), ("cy", At(Y(start + moved))), ("r", "3"), ("class", "now")),
        ]);
    }

    private static XElement Cross(double x, double y) => Svg(
        "path", ("d", $"M{At(x - 3)} {At(y - 3)}L{At(x + 3)} {At(y + 3)}M{At(x - 3)} {At(y + 3)}L{At(x + 3)} {At(y - 3)}"), ("class", "now"));

    private static double X(int k) => Left + (Step * (k + 0.5));

    private static double Wrapped(double angle) => Math.IEEERemainder(angle, 2 * Math.PI);

    private static string At(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static XElement Svg(string name, params IEnumerable<(string Name, string Value)> attributes) =>
        new(s_svg + name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)));

    private static XElement With(this XElement element, IEnumerable<XNode> content)
    {
        element.Add(content);
        return element;
    }
}

/// <summary>The gates that take a weight.</summary>
internal static class AngleGates
{
    /// <summary>"RY(w3) 1"; several are joined by commas.</summary>
    internal static string Name(Circuit circuit, int weight) => string.Join(
        ", ", circuit.Operations.Where(gate => gate.Angle is { Source: AngleSource.Weight } angle && angle.Index == weight)) is { Length: > 0 } gates
            ? gates
            : "no gate";
}
