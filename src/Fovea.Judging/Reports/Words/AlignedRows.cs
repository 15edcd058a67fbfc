namespace Fovea.Judging.Reports.Words;

/// <summary>A heading and rows in columns: the first flush left, the others right.</summary>
internal static class AlignedRows
{
    public static IEnumerable<string> Of(string heading, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return rows
            .Select(row => "  " + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd())
            .Prepend(heading);
    }
}
