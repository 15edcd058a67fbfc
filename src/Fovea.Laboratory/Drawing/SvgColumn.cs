using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

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
        var columns = diagram.Columns.Select(column => Of(diagram.Circuit, column));
        if (diagram.Circuit.Preparation == StatePreparation.Amplitudes)
            columns = columns.Prepend(new([], null, SvgGate.BoxWidth(PreparationLabel) + Gap));
        return [.. columns];
    }

    private static SvgColumn Of(Circuit circuit, DiagramColumn column)
    {
        var gates = column.Operations.Max(index => SvgGate.Width(circuit.Operations[index]));
        var label = column.Section is { } section ? SvgShapes.TextWidth([new(section.Label)]) : 0;
        var lead = column.Section is null ? 0 : SectionGap;
        return new(column.Operations, column.Section?.Label, lead + Math.Max(gates, label) + Gap);
    }
}
