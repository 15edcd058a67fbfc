using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>A column in characters.</summary>
/// <param name="Cells">What each wire shows; all of one width.</param>
/// <param name="Label">Name of the section that begins here, or null.</param>
internal sealed record TextColumn(ImmutableArray<string> Cells, string? Label)
{
    public const char Wire = '─';

    /// <summary>Marks an operation that is dead.</summary>
    public const string Dagger = "†";

    public int Width => Cells[0].Length;

    /// <summary>The preparation, if it is not |0…0⟩, and then every column of a diagram.</summary>
    public static ImmutableArray<TextColumn> All(CircuitDiagram diagram)
    {
        var columns = diagram.Columns.Select(column => Of(diagram, column));
        if (diagram.Circuit.Preparation == StatePreparation.Amplitudes)
            columns = columns.Prepend(Preparation(diagram.Circuit.WireCount));
        return [.. columns];
    }

    private static TextColumn Preparation(int wires)
    {
        var joints = wires > 1;
        return new([.. Enumerable.Range(0, wires).Select(wire => (joints ? Joint(wire, 0, wires - 1, true) : "") + "|ψ(x)⟩")], null);
    }

    private static TextColumn Of(CircuitDiagram diagram, DiagramColumn column)
    {
        var cells = new string[diagram.Circuit.WireCount];
        Array.Fill(cells, "");
        var operations = diagram.Circuit.Operations;
        var hasJoints = column.Operations.Any(index => operations[index].Wires.Length > 1);
        foreach (var index in column.Operations)
            Write(operations[index], diagram.IsDead(index), hasJoints, cells);
        var width = Math.Max(cells.Max(cell => cell.Length), column.Section?.Label.Length ?? 0);
        return new([.. cells.Select(cell => cell.PadRight(width, Wire))], column.Section?.Label);
    }

    private static void Write(Operation operation, bool isDead, bool hasJoints, string[] cells)
    {
        var (first, last) = ColumnPlacement.Span(operation);
        for (var wire = first; wire <= last; wire++)
        {
            var position = operation.Wires.IndexOf(wire);
            var joint = hasJoints ? Joint(wire, first, last, position >= 0) : "";
            var mark = isDead && position == operation.Wires.Length - 1 ? Dagger : "";
            cells[wire] = joint + (position < 0 ? "" : Sign(operation, position) + mark);
        }
    }

    private static string Joint(int wire, int first, int last, bool acts)
    {
        if (first == last)
            return "─";
        if (wire == first)
            return "╭";
        return wire == last ? "╰" : acts ? "├" : "┼";
    }

    private static string Sign(Operation operation, int position) => GateNotation.Role(operation, position) switch
    {
        WireRole.Control => "●",
        WireRole.Flip => "⊕",
        WireRole.Exchange => "×",
        _ => GateNotation.Name(operation.Kind) + (operation.Angle is { } angle
            ? $"({string.Concat(AngleLabel.Of(angle, 'w').Select(run => run.Text))})"
            : ""),
    };
}
