using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fovea.Core;
using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Results;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Studio.Pages;

/// <summary>What pages show of any circuit: the drawing, counts, parameters that do nothing, what outputs see.</summary>
internal static partial class CircuitParts
{
    private const int MostCones = 64;

    /// <summary>The drawing with its dead gates marked; wide ones scroll.</summary>
    internal static XElement Drawing(CircuitInspection inspection, IEnumerable<CircuitSection>? sections) => Classed(
        "div", "scroll drawing", Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", "Drawing of the circuit"),
        SvgDrawing.Element(CircuitDiagram.Build(inspection.Circuit, sections, inspection.DeadParameters)));

    /// <summary>The counts, in a list.</summary>
    internal static XElement Counts(CircuitInspection inspection)
    {
        var (cost, circuit) = (inspection.Cost, inspection.Circuit);
        return Classed(
            "dl", "settings",
            PageParts.Term("gates", $"{Figures.Thousands(cost.OneQubitGates + cost.TwoQubitGates)}: {Figures.Thousands(cost.OneQubitGates)} on one qubit, "
                + $"{Figures.Thousands(cost.TwoQubitGates)} on more"),
            PageParts.Term("depth", Figures.Thousands(cost.Depth)),
            PageParts.Term("parameters", $"{Figures.Thousands(cost.Parameters)}, of which {Figures.Thousands(cost.LiveParameters)} do something"),
            PageParts.Term("inputs and outputs", $"{Counted.Of(circuit.InputCount, "input")}, {Counted.Of(circuit.Observables.Length, "output")}"),
            PageParts.Term("light cones", Cones(inspection)),
            PageParts.Term("wires", inspection.Blocks.Count == 1 ? "all are joined by gates"
                : $"{inspection.Blocks.Count} blocks that no gate joins: {string.Join(" | ", inspection.Blocks.Select(block => string.Join(", ", block)))}"));
    }

    /// <summary>The parameters that do nothing, reason by reason.</summary>
    internal static XElement Dead(CircuitInspection inspection) => inspection.DeadParameters.Count == 0
        ? Element("p", inspection.Cost.Parameters == 0 ? "It has no parameters." : "Outputs depend on every parameter.")
        : Element(
            "div",
            Element("p", $"{Counted.Of(inspection.DeadParameters.Count, "parameter")} of {Figures.Thousands(inspection.Cost.Parameters)} "
                + $"{(inspection.DeadParameters.Count == 1 ? "does" : "do")} nothing: no output depends on "
                + $"{(inspection.DeadParameters.Count == 1 ? "it" : "them")}, whatever the others are. In the drawing their gates are hollow."),
            // One reason for gates on many wires.
            Element("ul", inspection.DeadParameters.GroupBy(dead => OnWires().Replace(dead.Reason, "")).Select(
                group => Element("li", $"{string.Join(", ", group.Select(dead => $"θ{dead.Index}"))}: {group.Key}"))));

    /// <summary>What each output can see, wire by wire.</summary>
    internal static XElement ConeTable(CircuitInspection inspection)
    {
        var circuit = inspection.Circuit;
        var wires = Enumerable.Range(0, circuit.WireCount);
        return Element(
            "details", Element("summary", "What each output can see (light cones)"),
            PlainTable.Draw(
                "● where the output can depend on what happens on the wire", ["output", "wires", "gates", .. wires.Select(wire => Figures.Thousands(wire))],
                inspection.Cones.Take(MostCones).Select((cone, output) => (IReadOnlyList<object?>)
                [
                    $"⟨{circuit.Observables[output]}⟩", Figures.Thousands(cone.WireCount), Figures.Thousands(cone.Operations.Length),
                    .. wires.Select(wire => (cone.Wires >> wire & 1) != 0 ? "●" : "·"),
                ])),
            inspection.Cones.Count > MostCones ? PageParts.Note($"The first {MostCones} of {inspection.Cones.Count} outputs.") : null);
    }

    private static string Cones(CircuitInspection inspection)
    {
        int[] wires = [.. inspection.Cones.Select(cone => cone.WireCount)];
        if (wires.Length == 0) return Figures.None;
        var seen = wires.Min() == wires.Max() ? Figures.Thousands(wires[0]) : $"{wires.Min()} to {wires.Max()}";
        return $"an output can see {seen} of {inspection.Circuit.WireCount} wires";
    }

    [GeneratedRegex(@" on wires? \d+(, \d+)*")]
    private static partial Regex OnWires();
}
