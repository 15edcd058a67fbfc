using Fovea.Core.Errors;

namespace Fovea.Imaging.Preparation;

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
            .Select(value => $"no row has {condition.Column}={value}{NearestName.Hint(value, _seen.Where(cell => cell.Length > 0).Order(StringComparer.Ordinal))}");
}
