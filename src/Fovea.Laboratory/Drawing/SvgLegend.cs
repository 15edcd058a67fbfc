using System.Xml.Linq;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

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
