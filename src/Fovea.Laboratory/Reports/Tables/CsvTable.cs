using System.Text;
using Fovea.Core.Files;

namespace Fovea.Laboratory.Reports.Tables;

/// <summary>Comma-separated values as RFC 4180 has them, with a heading, points in numbers and plain line feeds.</summary>
internal static class CsvTable
{
    /// <summary>Writes a row at a time: a table of all pairs of outputs and parameters is long.</summary>
    public static void Write<TRow>(string path, IReadOnlyList<CsvColumn<TRow>> columns, IEnumerable<TRow> rows) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            var line = new StringBuilder();
            foreach (var fields in rows.Select(row => columns.Select(column => column.Cell(row))).Prepend(columns.Select(column => column.Name)))
            {
                CsvWriter.AppendRow(line.Clear(), [.. fields]);
                writer.Write(line);
            }
        });
}
