using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Fovea.Laboratory.Drawing;

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
