namespace Fovea.Reporting;

/// <summary>Sentences from parts.</summary>
public static class Phrases
{
    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Join(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    /// <summary>"0–3", "0, 2, 5–7": whole numbers in order, neighbours as ranges.</summary>
    public static string Ranges(IEnumerable<int> numbers)
    {
        List<(int First, int Last)> ranges = [];
        foreach (var number in numbers.Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
                ranges[^1] = (ranges[^1].First, number);
            else
                ranges.Add((number, number));
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}–{range.Last}"));
    }
}

/// <summary>Rows in columns for a terminal: the first flush left, the others right.</summary>
public static class AlignedRows
{
    /// <summary>The rows, each indented by two blanks; all have as many cells as the first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(
            row => "  " + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>The same under a heading.</summary>
    public static IEnumerable<string> Lines(string heading, IReadOnlyList<string[]> rows) => Lines(rows).Prepend(heading);
}
