namespace Fovea.Reporting;

/// <summary>Rows in columns for a terminal: the first flush left, the others right.</summary>
public static class AlignedRows
{
    /// <summary>The rows, each indented by two blanks; all have as many cells as the first.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<string[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(
            row => "  " + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>The same under a heading.</summary>
    public static IEnumerable<string> Of(string heading, IReadOnlyList<string[]> rows) => Of(rows).Prepend(heading);
}
