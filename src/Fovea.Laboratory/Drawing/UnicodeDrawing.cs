using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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
    public static string Draw(Circuit circuit, int maxWidth = DefaultWidth) => Draw(new CircuitDiagram(circuit), maxWidth);

    /// <summary>Draws a circuit with its sections and marks.</summary>
    /// <param name="diagram">The circuit, laid out.</param>
    /// <param name="maxWidth">Most characters of a line; a single column that is wider stays whole.</param>
    /// <returns>Lines separated by "\n", without one at the end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWidth"/> is not positive.</exception>
    public static string Draw(CircuitDiagram diagram, int maxWidth = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxWidth);
        var wires = diagram.Circuit.WireCount;
        var readout = new DiagramReadout(diagram.Circuit);
        var columns = TextColumn.All(diagram);
        var rows = RowBreaks.Find(
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

/// <summary>Writes some columns as lines of text, one a wire, below the names of the sections that begin in them.</summary>
internal sealed class TextRow(ImmutableArray<TextColumn> columns, DiagramReadout readout, bool isFirst, bool isLast)
{
    private const string Separator = "┊─";
    private const string More = "⋯";
    private const string Measurement = "┤ ⟨Z⟩";

    /// <summary>Characters of a row that no column can have, at most.</summary>
    public static int Margin(int wires) => Head(wires, wires - 1).Length + More.Length + 1 + Measurement.Length;

    /// <summary>Characters that a column takes in a row, at most.</summary>
    public static int Width(TextColumn column) => column.Width + 1 + (column.Label is null ? 0 : Separator.Length);

    public IEnumerable<string> Lines(int wires)
    {
        if (columns.Any(column => column.Label is not null))
            yield return Labels(wires);
        for (var wire = 0; wire < wires; wire++)
            yield return Line(wires, wire);
    }

    private static string Head(int wires, int wire) =>
        wire.ToString(CultureInfo.InvariantCulture).PadLeft((wires - 1).ToString(CultureInfo.InvariantCulture).Length) + ": ";

    private string Labels(int wires)
    {
        var line = new StringBuilder().Append(' ', Head(wires, 0).Length + (isFirst ? "" : More).Length + 1);
        foreach (var (index, column) in columns.Index())
        {
            if (index > 0 && column.Label is not null)
                line.Append("┊ ");
            line.Append((column.Label ?? "").PadRight(column.Width + 1));
        }

        return line.ToString().TrimEnd();
    }

    private string Line(int wires, int wire)
    {
        var line = new StringBuilder(Head(wires, wire)).Append(isFirst ? "" : More).Append(TextColumn.Wire);
        foreach (var (index, column) in columns.Index())
        {
            if (index > 0 && column.Label is not null)
                line.Append(Separator);
            line.Append(column.Cells[wire]).Append(TextColumn.Wire);
        }

        return line.Append(isLast ? End(wire) : More).ToString();
    }

    /// <summary>Wires that are not measured run on, so that all lines end together.</summary>
    private string End(int wire)
    {
        if (readout.IsMeasured(wire))
            return Measurement;
        return readout.HasMeasuredWires ? new string(TextColumn.Wire, Measurement.Length) : "";
    }
}

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
        var columns = diagram.Columns.Select(column => Draw(diagram, column));
        if (diagram.Circuit.Preparation == StatePreparation.Amplitudes)
            columns = columns.Prepend(Preparation(diagram.Circuit.WireCount));
        return [.. columns];
    }

    private static TextColumn Preparation(int wires)
    {
        var joints = wires > 1;
        return new([.. Enumerable.Range(0, wires).Select(wire => (joints ? Joint(wire, 0, wires - 1, true) : "") + "|ψ(x)⟩")], null);
    }

    private static TextColumn Draw(CircuitDiagram diagram, DiagramColumn column)
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
