using System.Text;

namespace Fovea.Core.Files;

/// <summary>Writes comma-separated values as RFC 4180 has them, with LF line ends.</summary>
public static class CsvWriter
{
    /// <summary>Appends one row; fields with commas, quotes or line ends are quoted.</summary>
    public static void AppendRow(StringBuilder text, params ReadOnlySpan<string> fields)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) text.Append(',');
            if (fields[i].AsSpan().IndexOfAny(",\"\r\n") >= 0) text.Append('"').Append(fields[i].Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else text.Append(fields[i]);
        }

        text.Append('\n');
    }
}
