using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>A condition on one column of a label table: <c>COLUMN=VALUE</c> or <c>COLUMN!=VALUE</c>.</summary>
public sealed class RowCondition
{
    private const string Form = "COLUMN=VALUE or COLUMN!=VALUE is needed";

    private RowCondition(string column, bool wanted, IReadOnlyList<string> values, string text)
    {
        (Column, Wanted, Values) = (column, wanted, values);
        Text = $"{column}{(wanted ? "=" : "!=")}{text}";
    }

    /// <summary>The column's name.</summary>
    public string Column { get; }

    /// <summary>True: the cell must hold one of <see cref="Values"/>; false: none of them.</summary>
    public bool Wanted { get; }

    /// <summary>The values; the empty one stands for an empty cell.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The condition as it was written, without spaces around its parts.</summary>
    public string Text { get; }

    /// <summary>
    /// Reads a condition. Several values are separated by commas; one that holds a comma is quoted as in the table. Throws
    /// <see cref="InputException"/> with one line for anything else.
    /// </summary>
    public static RowCondition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var wanted = equals < 1 || text[equals - 1] != '!';
        var column = equals < 0 ? "" : text[..(wanted ? equals : equals - 1)].Trim();
        if (column.Length == 0) throw Malformed(text, Form);
        var values = text[(equals + 1)..].Trim();
        // A second sign is a slip from another language, not the start of a value.
        if (values.StartsWith('=')) throw Malformed(text, Form);
        return new RowCondition(column, wanted, Split(values, text), values);
    }

    /// <summary>Whether a cell, without the spaces around it, meets the condition. Case matters.</summary>
    public bool Holds(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Values.Contains(cell, StringComparer.Ordinal) == Wanted;
    }

    /// <summary>The condition as it was written.</summary>
    public override string ToString() => Text;

    private static IReadOnlyList<string> Split(string values, string text)
    {
        try
        {
            string[][] rows = [.. CsvReader.Read(new StringReader(values))];
            return rows.Length switch
            {
                0 => [""],
                1 => [.. rows[0].Select(value => value.Trim())],
                _ => throw Malformed(text, "its values must stand in one line"),
            };
        }
        catch (FormatException e)
        {
            throw Malformed(text, $"its values cannot be read ({e.Message})");
        }
    }

    private static InputException Malformed(string text, string why) => new($"where: '{text.ReplaceLineEndings(" ")}' is no condition; {why}");
}

/// <summary>A condition and its column in a table; notes which values the column has.</summary>
internal sealed class ConditionColumn(RowCondition condition, int column)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public bool Holds(string[] row)
    {
        var cell = row[column].Trim();
        _seen.Add(cell);
        return condition.Holds(cell);
    }

    /// <summary>A misspelt value refuses every row, or with != none; either way the user should hear of it.</summary>
    public IEnumerable<string> UnknownValues() =>
        condition.Values.Where(value => value.Length > 0 && !_seen.Contains(value))
            .Select(
                value =>
                    $"no row has {condition.Column}={value}{NearestName.Hint(value, _seen.Where(cell => cell.Length > 0).Order(StringComparer.Ordinal))}");
}
