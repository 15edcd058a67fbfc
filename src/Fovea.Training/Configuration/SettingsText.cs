using System.Globalization;
using System.Text;
using Tomlyn.Model;

namespace Fovea.Training.Configuration;

/// <summary>Writes settings as TOML text.</summary>
public static class SettingsText
{
    /// <summary>Settings with dotted keys → TOML with one table a section, in the given order.</summary>
    public static string Document(IEnumerable<KeyValuePair<string, object>> settings)
    {
        var text = new StringBuilder();
        foreach (var section in settings.GroupBy(s => s.Key.Contains('.') ? s.Key[..s.Key.LastIndexOf('.')] : ""))
        {
            if (section.Key.Length > 0) text.Append('\n').Append('[').Append(section.Key).Append("]\n");
            foreach (var (key, value) in section) text.Append(key[(key.LastIndexOf('.') + 1)..]).Append(" = ").Append(Lines(value)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>One value as TOML, on one line.</summary>
    public static string Value(object? value) => value switch
    {
        null => "\"\"",
        bool flag => flag ? "true" : "false",
        string text => Quoted(text),
        double number => Number(number),
        IEnumerable<double> items => "[" + string.Join(", ", items.Select(Number)) + "]",
        IEnumerable<int> items => "[" + string.Join(", ", items) + "]",
        IEnumerable<string> items => "[" + string.Join(", ", items.Select(Value)) + "]",
        TomlArray items => "[" + string.Join(", ", items.Select(Value)) + "]",
        TomlTable => "a table",
        TomlTableArray => "tables",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // Text of several lines as TOML's string of several lines, whose first line break does not count.
    private static string Lines(object value) =>
        value is string text && text.Contains('\n') ? $"\"\"\"\n{Escaped(text, keepLines: true)}\"\"\"" : Value(value);

    // A basic string of TOML: quotes, backslashes and control characters escaped, so that it stays on one line.
    private static string Quoted(string text) => $"\"{Escaped(text, keepLines: false)}\"";

    private static string Escaped(string text, bool keepLines)
    {
        var escaped = new StringBuilder();
        foreach (var unit in text)
        {
            if (unit is '"' or '\\') escaped.Append('\\').Append(unit);
            else if (char.IsControl(unit) && !(keepLines && unit == '\n')) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else escaped.Append(unit);
        }

        return escaped.ToString();
    }

    private static string Number(double number)
    {
        // As TOML has them.
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') || text.Contains('e') ? text : text + ".0";
    }
}
