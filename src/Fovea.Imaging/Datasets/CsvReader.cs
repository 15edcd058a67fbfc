using System.Text;

namespace Fovea.Imaging.Datasets;

/// <summary>
/// Reads comma-separated values as RFC 4180 writes them: fields may be quoted, a doubled quote inside stands for one, quoted
/// fields may hold commas and line ends. Lines end with LF or CRLF; a byte-order mark is skipped; empty lines are passed over.
/// </summary>
public static class CsvReader
{
    /// <summary>
    /// The rows one after the other. Throws <see cref="FormatException"/> with the line number for a quote that is never closed
    /// or that stands inside an unquoted field.
    /// </summary>
    /// <param name="reader">The text.</param>
    /// <param name="delimiter">What stands between fields.</param>
    public static IEnumerable<string[]> Read(TextReader reader, char delimiter = ',')
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Rows(reader, delimiter);
    }

    private static IEnumerable<string[]> Rows(TextReader reader, char delimiter)
    {
        var line = 1;
        while (NextRow(reader, delimiter, ref line) is { } row)
        {
            if (row is not [""]) yield return row;
        }
    }

    private static string[]? NextRow(TextReader reader, char delimiter, ref int line)
    {
        if (reader.Peek() < 0) return null;
        var fields = new List<string>();
        var field = new StringBuilder();
        while (true)
        {
            field.Clear();
            if (reader.Peek() == '\uFEFF') reader.Read();
            if (reader.Peek() == '"') ReadQuoted(reader, field, ref line);
            var next = reader.Read();
            for (; next is not (-1 or '\r' or '\n') && next != delimiter; next = reader.Read())
            {
                if (next == '"') throw new FormatException($"line {line}: a quote stands inside a field that is not quoted");
                field.Append((char)next);
            }

            fields.Add(field.ToString());
            if (next == delimiter) continue;
            if (next == '\r' && reader.Peek() == '\n') reader.Read();
            line++;
            return [.. fields];
        }
    }

    private static void ReadQuoted(TextReader reader, StringBuilder field, ref int line)
    {
        var opened = line;
        reader.Read();
        while (true)
        {
            var next = reader.Read();
            if (next < 0) throw new FormatException($"line {opened}: the quote that opens there is never closed");
            if (next == '\n') line++;
            if (next == '"')
            {
                if (reader.Peek() != '"') return;
                reader.Read();
            }

            field.Append((char)next);
        }
    }
}
