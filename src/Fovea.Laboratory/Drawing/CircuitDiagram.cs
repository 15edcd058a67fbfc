using System.Collections.Immutable;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>
/// A circuit laid out for drawing: its operations in columns, its sections, and the gates that no output depends on. An
/// operation takes all wires from its lowest to its highest; a section begins a column after everything before it.
/// </summary>
public sealed class CircuitDiagram
{
    private readonly ImmutableHashSet<int> _dead;

    /// <summary>Lays a circuit out.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="sections">Named stretches, by rising start; null for none.</param>
    /// <param name="dead">Indices of the operations to be marked as dead; null for none.</param>
    /// <exception cref="ArgumentException">Sections out of order, or a section or mark that names no operation.</exception>
    public CircuitDiagram(Circuit circuit, IEnumerable<CircuitSection>? sections = null, IEnumerable<int>? dead = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        Circuit = circuit;
        Sections = [.. sections ?? []];
        _dead = [.. dead ?? []];
        var count = circuit.Operations.Length;
        if (Sections.Zip(Sections.Skip(1)).Any(pair => pair.First.Start >= pair.Second.Start))
            throw new ArgumentException("each section must begin after the one before it", nameof(sections));
        if (Sections.Any(section => section.Start >= count))
            throw new ArgumentException($"a section begins after the last of {count} operations", nameof(sections));
        if (_dead.Any(index => index < 0 || index >= count))
            throw new ArgumentException($"a mark is outside the {count} operations", nameof(dead));
        Columns = ColumnPlacement.Place(circuit, Sections);
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The named stretches, by rising start.</summary>
    public ImmutableArray<CircuitSection> Sections { get; }

    /// <summary>The operations in columns, in time order.</summary>
    public ImmutableArray<DiagramColumn> Columns { get; }

    /// <summary>Whether any operation is marked as dead.</summary>
    public bool HasDead => !_dead.IsEmpty;

    /// <summary>The circuit of an ansatz with its sections, and with the gates marked that take a dead parameter.</summary>
    /// <param name="subject">The ansatz and its size.</param>
    /// <param name="dead">Parameters that no output depends on; null for none.</param>
    /// <param name="encode">Whether the circuit has its encoding.</param>
    public static CircuitDiagram Build(AnsatzSubject subject, IEnumerable<DeadParameter>? dead = null, bool encode = true)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Build(encode ? subject.WithEncoding() : subject.WithoutEncoding(), CircuitSection.Split(subject, encode), dead);
    }

    /// <summary>A circuit with the gates marked that take a dead parameter.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="sections">Named stretches, by rising start; null for none.</param>
    /// <param name="dead">Parameters that no output depends on; null for none.</param>
    public static CircuitDiagram Build(Circuit circuit, IEnumerable<CircuitSection>? sections, IEnumerable<DeadParameter>? dead)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var weights = (dead ?? []).Select(parameter => parameter.Index).ToHashSet();
        var marks = circuit.Operations.Index()
            .Where(entry => entry.Item.Angle is { Source: AngleSource.Weight } angle && weights.Contains(angle.Index))
            .Select(entry => entry.Index);
        return new CircuitDiagram(circuit, sections, marks);
    }

    /// <summary>Whether an operation is marked as dead.</summary>
    /// <param name="operation">Index into the circuit's operations.</param>
    public bool IsDead(int operation) => _dead.Contains(operation);
}

/// <summary>What is drawn at one place in time.</summary>
/// <param name="Operations">Indices into the circuit's operations, rising; no two of them share a wire or cross.</param>
/// <param name="Section">The section that begins here, or null.</param>
public sealed record DiagramColumn(ImmutableArray<int> Operations, CircuitSection? Section);

/// <summary>
/// Puts every operation into the first column where all wires between its lowest and highest are free, so that vertical lines
/// cross no gate, and none before the section it belongs to.
/// </summary>
internal static class ColumnPlacement
{
    public static ImmutableArray<DiagramColumn> Place(Circuit circuit, ImmutableArray<CircuitSection> sections)
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

/// <summary>Breaks columns into rows, like a score into systems.</summary>
internal static class RowBreaks
{
    /// <summary>
    /// The columns of each row; at least one row, and at least one column in a row unless there is none. There are no more rows than
    /// need be, and they are about equally wide where that cuts no section, so that no column is left alone in the last.
    /// </summary>
    /// <param name="widths">Width of each column.</param>
    /// <param name="begins">Whether a section begins at a column.</param>
    /// <param name="room">Width of a row.</param>
    public static IReadOnlyList<Range> Find(IReadOnlyList<double> widths, IReadOnlyList<bool> begins, double room)
    {
        var rows = Fill(widths, begins, room);
        var (tooNarrow, wideEnough) = (0.0, room);
        while (wideEnough - tooNarrow > 1)
        {
            var middle = (tooNarrow + wideEnough) / 2;
            var narrower = Fill(widths, begins, middle);
            if (narrower.Count > rows.Count || Cuts(narrower, begins) > Cuts(rows, begins))
                tooNarrow = middle;
            else
                (wideEnough, rows) = (middle, narrower);
        }

        return rows;
    }

    private static List<Range> Fill(IReadOnlyList<double> widths, IReadOnlyList<bool> begins, double room)
    {
        var rows = new List<Range>();
        var start = 0;
        var used = 0.0;
        for (var column = 0; column < widths.Count; column++)
        {
            // A section that cannot be finished begins a row, where that leaves no more than half a row empty.
            var needed = begins[column] && used > room / 2 ? SectionWidth(widths, begins, column) : widths[column];
            if (column > start && used + needed > room)
            {
                rows.Add(start..column);
                (start, used) = (column, 0);
            }

            used += widths[column];
        }

        rows.Add(start..widths.Count);
        return rows;
    }

    private static int Cuts(List<Range> rows, IReadOnlyList<bool> begins) => rows.Skip(1).Count(row => !begins[row.Start.Value]);

    private static double SectionWidth(IReadOnlyList<double> widths, IReadOnlyList<bool> begins, int start)
    {
        var end = start + 1;
        while (end < widths.Count && !begins[end])
            end++;
        return widths.Skip(start).Take(end - start).Sum();
    }
}
