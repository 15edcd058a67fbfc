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
    public static IEnumerable<string[]> Read(TextReader reader, char delimiter = ',') => ReadNumbered(reader, delimiter).Select(row => row.Fields);

    /// <summary>The same with the line that each row begins in, for messages.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="line">The number of the text's first line, where lines before it were read already.</param>
    public static IEnumerable<(int Line, string[] Fields)> ReadNumbered(TextReader reader, char delimiter = ',', int line = 1)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Numbered(reader, delimiter, line);
    }

    private static IEnumerable<(int Line, string[] Fields)> Numbered(TextReader reader, char delimiter, int line)
    {
        var begins = line;
        while (NextRow(reader, delimiter, ref line) is { } row)
        {
            if (row is not [""]) yield return (begins, row);
            begins = line;
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
