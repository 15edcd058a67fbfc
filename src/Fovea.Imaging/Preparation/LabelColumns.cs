using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>Which column of a label table holds what.</summary>
internal sealed class LabelColumns
{
    private static readonly string[] s_fileColumns = ["file", "filename", "image", "path"];
    private readonly string _path;
    private readonly string[] _header;
    private readonly int _file;
    private readonly int _label;
    private readonly int _patient;
    private readonly ConditionColumn[] _conditions;

    public LabelColumns(string path, string[] header, PrepareOptions options)
    {
        (_path, _header) = (path, header);
        var fileColumn = options.FileColumn ?? Array.Find(s_fileColumns, name => header.Contains(name)) ?? s_fileColumns[0];
        _file = Find(fileColumn, "file-column", required: true);
        _label = Find(options.LabelColumn ?? "label", "label-column", options.LabelColumn is not null);
        _patient = Find(options.PatientColumn ?? "patient", "patient-column", options.PatientColumn is not null);
        Split = Find(options.SplitColumn ?? "split", "split-column", options.SplitColumn is not null);
        _conditions = [.. options.Where.Select(condition => new ConditionColumn(condition, Find(condition.Column, "where", required: true)))];
    }

    public int Split { get; }

    /// <summary>Values of the conditions that no row has, one line each; complete once all rows were read.</summary>
    public IEnumerable<string> UnknownValues() => _conditions.SelectMany(condition => condition.UnknownValues());

    public IEnumerable<LabelRow> Rows(IEnumerator<string[]> rows)
    {
        for (var number = 2; rows.MoveNext(); number++)
        {
            var row = rows.Current;
            if (row.Length != _header.Length)
                throw new InputException($"{_path}: row {number} has {row.Length} fields, the header has {_header.Length}");
            yield return new LabelRow(row[_file].Trim(), Cell(row, _label), Cell(row, _patient), ParseSplit(Cell(row, Split), number), Meets(row));
        }
    }

    private bool Meets(string[] row)
    {
        var meets = true;
        // Each condition sees each row, even one that another condition refuses: it notes which values there are.
        foreach (var condition in _conditions) meets &= condition.Holds(row);
        return meets;
    }

    private Split? ParseSplit(string name, int number)
    {
        if (name.Length == 0) return null;
        return SplitNames.TryParse(name, out var split)
            ? split
            : throw new InputException($"{_path}: row {number} has the split '{name}'; train, val and test are allowed");
    }

    private static string Cell(string[] row, int column) => column < 0 ? "" : row[column].Trim();

    private int Find(string column, string option, bool required)
    {
        var at = Array.FindIndex(_header, name => name.Trim() == column);
        if (at >= 0 || !required) return at;
        throw new InputException($"{_path}: no column '{column}' ({option}); the table has {string.Join(", ", _header)}{NearestName.Hint(column, _header)}");
    }
}
