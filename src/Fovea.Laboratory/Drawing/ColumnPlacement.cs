using System.Collections.Immutable;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>
/// Puts every operation into the first column where all wires between its lowest and highest are free, so that vertical lines
/// cross no gate, and none before the section it belongs to.
/// </summary>
internal static class ColumnPlacement
{
    public static ImmutableArray<DiagramColumn> Of(Circuit circuit, ImmutableArray<CircuitSection> sections)
    {
        var free = new int[circuit.WireCount];
        var columns = new List<(List<int> Operations, CircuitSection? Section)>();
        foreach (var (index, operation) in circuit.Operations.Index())
        {
            var section = sections.FirstOrDefault(s => s.Start == index);
            if (section is not null)
                Array.Fill(free, free.Max());
            var (first, last) = Span(operation);
            var column = free[first..(last + 1)].Max();
            Array.Fill(free, column + 1, first, last - first + 1);
            if (column == columns.Count)
                columns.Add(([], section));
            columns[column].Operations.Add(index);
        }

        return [.. columns.Select(column => new DiagramColumn([.. column.Operations], column.Section))];
    }

    /// <summary>The lowest and the highest wire of an operation.</summary>
    public static (int First, int Last) Span(Operation operation) => (operation.Wires.Min(), operation.Wires.Max());
}
