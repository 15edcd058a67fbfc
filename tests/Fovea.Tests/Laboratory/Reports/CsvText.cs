using System.Text;

namespace Fovea.Tests.Laboratory.Reports;

/// <summary>Reads comma-separated values back.</summary>
internal static class CsvText
{
    /// <summary>The rows under the heading, by the heading's names; fails on a row of another length.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Rows(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        string[][] lines = [.. text.TrimEnd('\n').Split('\n').Select(Fields)];
        Assert.Equal(lines[0].Length, lines[0].Distinct().Count());
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static string[] Fields(string line)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                (fields, field) = ([.. fields, field.ToString()], new());
            else
                field.Append(line[i]);
        }

        return [.. fields, field.ToString()];
    }
}
