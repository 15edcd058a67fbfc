namespace Fovea.Laboratory.Drawing;

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
    public static IReadOnlyList<Range> Of(IReadOnlyList<double> widths, IReadOnlyList<bool> begins, double room)
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
