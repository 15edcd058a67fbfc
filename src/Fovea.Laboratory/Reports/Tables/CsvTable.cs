using System.Buffers;
using System.Text;
using Fovea.Core.Files;

namespace Fovea.Laboratory.Reports.Tables;

/// <summary>Comma-separated values as RFC 4180 has them, with a heading, points in numbers and plain line feeds.</summary>
internal static class CsvTable
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a row at a time: a table of all pairs of outputs and parameters is long.</summary>
    public static void Write<TRow>(string path, IReadOnlyList<CsvColumn<TRow>> columns, IEnumerable<TRow> rows) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(',', columns.Select(column => Quoted(column.Name))));
            foreach (var row in rows)
                writer.WriteLine(string.Join(',', columns.Select(column => Quoted(column.Cell(row)))));
        });

    private static string Quoted(string text) => text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
