using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>Draws some columns with their wires, the names of the wires at the left and the measurements at the right.</summary>
internal sealed class SvgRow(CircuitDiagram diagram, ImmutableArray<SvgColumn> columns, DiagramReadout readout, bool isLast)
{
    /// <summary>Where the first column begins.</summary>
    public const double Left = 34;

    /// <summary>From the last column to the end of the row.</summary>
    public const double Right = 46;

    private const double WireStart = 26;
    private const string WireColour = "#94a3b8";
    private const string QuietColour = "#64748b";

    public double Width => Left + columns.Sum(column => column.Width) + Right;

    private int Wires => diagram.Circuit.WireCount;

    private double LastWire => (Wires - 1) * SvgGate.WireSpacing;

    /// <summary>The row, with its first wire at <paramref name="y"/>.</summary>
    public XElement Draw(double y)
    {
        var top = Math.Round(y, 1).ToString(CultureInfo.InvariantCulture);
        var row = SvgShapes.Element("g", SvgShapes.Name("transform", $"translate(0 {top})"));
        for (var wire = 0; wire < Wires; wire++)
            row.Add(DrawWire(wire));
        var x = Left;
        foreach (var (index, column) in columns.Index())
        {
            if (column.Label is not null)
                row.Add(DrawSection(column.Label, x, x + column.Lead, index > 0));
            row.Add(DrawColumn(column, x + ((column.Lead + column.Width) / 2)));
            x += column.Width;
        }

        return row;
    }

    private IEnumerable<XElement> DrawWire(int wire)
    {
        var y = wire * SvgGate.WireSpacing;
        yield return SvgShapes.Text(WireStart - 6, y, [new(wire.ToString(CultureInfo.InvariantCulture))], QuietColour, "end");
        yield return SvgShapes.Line(WireStart, y, Width - Right + 6, y, WireColour);
        if (!isLast)
            yield return SvgShapes.Text(Width - Right + 18, y, [new("⋯")], QuietColour);
        else if (readout.IsMeasured(wire))
            yield return DrawMeasurement(Width - (Right / 2), y);
    }

    private static XElement DrawMeasurement(double x, double y) => SvgShapes.Element(
        "g",
        SvgShapes.Box(x, y, 34, SvgGate.BoxHeight, SvgHue.Fixed with { Fill = "#ffffff", Line = WireColour }),
        SvgShapes.Text(x, y, [new("⟨Z⟩")], SvgHue.Fixed.Text));

    private IEnumerable<XElement> DrawSection(string label, double edge, double x, bool hasSeparator)
    {
        const double above = SvgGate.WireSpacing * 0.75;
        yield return SvgShapes.Text(x + 2, -above, [new(label)], QuietColour, "start");
        if (!hasSeparator)
            yield break;
        var line = SvgShapes.Line(edge + 1, -above - 6, edge + 1, LastWire + (SvgGate.BoxHeight / 2), WireColour, 1);
        line.Add(SvgShapes.Name("stroke-dasharray", "3 3"));
        yield return line;
    }

    private IEnumerable<XElement> DrawColumn(SvgColumn column, double x)
    {
        if (!column.IsPreparation)
            return column.Operations.Select(index => SvgGate.Draw(diagram.Circuit.Operations[index], diagram.IsDead(index), x));
        var label = SvgColumn.PreparationLabel;
        return
        [
            SvgShapes.Box(x, LastWire / 2, SvgGate.BoxWidth(label), LastWire + SvgGate.BoxHeight, SvgHue.Input),
            SvgShapes.Text(x, LastWire / 2, label, SvgHue.Input.Text),
        ];
    }
}

/// <summary>A column and the room it takes; the preparation is a column too, with no operations.</summary>
/// <param name="Operations">Indices into the circuit's operations.</param>
/// <param name="Label">Name of the section that begins here, or null.</param>
/// <param name="Width">Its width, with the gap to the next one.</param>
internal sealed record SvgColumn(ImmutableArray<int> Operations, string? Label, double Width)
{
    private const double Gap = 9;
    private const double SectionGap = 10;

    /// <summary>What the preparation by amplitudes says.</summary>
    public static IReadOnlyList<LabelRun> PreparationLabel { get; } = [new("|ψ(x)⟩")];

    /// <summary>From its left edge to its gates' room: more where the line before a section needs some.</summary>
    public double Lead => Label is null ? 0 : SectionGap;

    /// <summary>Whether this is the preparation.</summary>
    public bool IsPreparation => Operations.IsEmpty;

    /// <summary>The preparation, if it is not |0…0⟩, and then every column of a diagram.</summary>
    public static ImmutableArray<SvgColumn> All(CircuitDiagram diagram)
    {
        var columns = diagram.Columns.Select(column => Draw(diagram.Circuit, column));
        if (diagram.Circuit.Preparation == StatePreparation.Amplitudes)
            columns = columns.Prepend(new([], null, SvgGate.BoxWidth(PreparationLabel) + Gap));
        return [.. columns];
    }

    private static SvgColumn Draw(Circuit circuit, DiagramColumn column)
    {
        var gates = column.Operations.Max(index => SvgGate.Width(circuit.Operations[index]));
        var label = column.Section is { } section ? SvgShapes.TextWidth([new(section.Label)]) : 0;
        var lead = column.Section is null ? 0 : SectionGap;
        return new(column.Operations, column.Section?.Label, lead + Math.Max(gates, label) + Gap);
    }
}
