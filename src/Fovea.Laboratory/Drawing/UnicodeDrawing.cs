using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>
/// Draws a circuit for a terminal, one line a wire: ● a control, ⊕ a flip, × an exchange, ┼ a wire that a gate passes over,
/// ⟨Z⟩ a measured wire, † a dead gate. Wide circuits are broken into rows; outputs other than Z are listed below.
/// </summary>
public static class UnicodeDrawing
{
    /// <summary>The width of a row where nothing else is said.</summary>
    public const int DefaultWidth = 120;

    /// <summary>Draws a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="maxWidth">Most characters of a line; a single column that is wider stays whole.</param>
    /// <returns>Lines separated by "\n", without one at the end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static string Of(Circuit circuit, int maxWidth = DefaultWidth) => Of(new CircuitDiagram(circuit), maxWidth);

    /// <summary>Draws a circuit with its sections and marks.</summary>
    /// <param name="diagram">The circuit, laid out.</param>
    /// <param name="maxWidth">Most characters of a line; a single column that is wider stays whole.</param>
    /// <returns>Lines separated by "\n", without one at the end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static string Of(CircuitDiagram diagram, int maxWidth = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxWidth);
        var wires = diagram.Circuit.WireCount;
        var readout = new DiagramReadout(diagram.Circuit);
        var columns = TextColumn.All(diagram);
        var rows = RowBreaks.Of(
            [.. columns.Select(column => (double)TextRow.Width(column))],
            [.. columns.Select(column => column.Label is not null)],
            maxWidth - TextRow.Margin(wires));
        var drawn = rows.Select((row, index) => new TextRow(columns[row], readout, index == 0, index == rows.Count - 1).Lines(wires));
        var notes = readout.Lines.Concat(diagram.HasDead ? [$"{TextColumn.Dagger} dead: no output depends on its angle"] : []);
        return string.Join("\n\n", drawn.Append(notes.Select(note => Clip(note, maxWidth))).Select(Join).Where(block => block.Length > 0));
    }

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Clip(string note, int maxWidth) =>
        note.Length <= maxWidth ? note : note[..(maxWidth - 1)].TrimEnd() + "…";
}
