using System.Text;

namespace Fovea.Laboratory.Reports.Terminal;

/// <summary>A heading and lines under it, names and figures in columns, long texts wrapped.</summary>
internal sealed class TextSection(string heading)
{
    private const int NameWidth = 24;
    private const int Width = 100;
    private const string Indent = "  ";
    private readonly StringBuilder _text = new(heading + "\n");

    /// <summary>A named figure, or a text that is continued under its own beginning.</summary>
    public TextSection Line(string name, string value)
    {
        var lead = Indent + name.PadRight(NameWidth);
        foreach (var line in Wrapped(value, Width - lead.Length))
        {
            _text.Append(lead).Append(line).Append('\n');
            lead = new string(' ', lead.Length);
        }

        return this;
    }

    /// <summary>Rows of cells: the first column flush left, the others right.</summary>
    public TextSection Table(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            _text.Append((Indent + string.Join("  ", cells)).TrimEnd()).Append('\n');
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}
