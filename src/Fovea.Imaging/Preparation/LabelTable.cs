using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>A CSV file with one row a picture, joined to the files by relative path, name, or name without extension.</summary>
internal sealed class LabelTable
{
    private readonly string _path;
    private readonly Dictionary<string, LabelRow> _byFile = new(StringComparer.Ordinal);

    private LabelTable(string path) => _path = path;

    /// <summary>True when a column gives labels.</summary>
    public bool HasLabels { get; private set; }

    /// <inheritdoc cref="LabelColumns.Describe"/>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <inheritdoc cref="LabelColumns.UnknownWords"/>
    public IReadOnlyList<string> UnknownWords { get; private set; } = [];

    /// <summary>The rows that name a file and meet the conditions.</summary>
    public IEnumerable<LabelRow> Rows => _byFile.Values.Where(row => row.Meets);

    /// <summary>Rows that name a file that is not there.</summary>
    public IReadOnlyList<string> Unmatched { get; private set; } = [];

    /// <summary>Values of conditions that no row has, one line each.</summary>
    public IReadOnlyList<string> UnknownValues { get; private set; } = [];

    /// <summary>The files whose row meets the conditions. Throws <see cref="InputException"/> when there is none.</summary>
    public IReadOnlyList<string> Taken(IReadOnlyList<string> files, IReadOnlyList<RowCondition> conditions)
    {
        if (conditions.Count == 0) return files;
        string[] taken = [.. files.Where(file => Of(file) is { Meets: true })];
        if (taken.Length > 0) return taken;
        var (without, hint) = (files.Count - _byFile.Count, UnknownValues.Count > 0 ? "; " + UnknownValues[0] : "");
        throw new InputException($"{_path}: none of {files.Count} photographs meets {string.Join(" and ", conditions)} ({without} have no row){hint}");
    }

    /// <summary>What the table says of a file; null when it says nothing.</summary>
    public LabelRow? Of(string file) => _byFile.GetValueOrDefault(file);

    public static LabelTable Read(PrepareOptions options, IReadOnlyList<string> files)
    {
        var file = LabelFile.Read(options.Labels!);
        var columns = new LabelColumns(file, options);
        var table = new LabelTable(file.Path);
        table.Join(columns.Rows(), options.Source, files);
        (table.UnknownValues, table.UnknownWords, table.Columns) = ([.. columns.UnknownValues()], [.. columns.UnknownWords()], [.. columns.Describe()]);
        table.HasLabels = columns.Label.At >= 0;
        return table;
    }

    private void Join(IEnumerable<LabelRow> rows, string source, IReadOnlyList<string> files)
    {
        var index = new FileIndex(source, files);
        List<string> unmatched = [];
        foreach (var row in rows)
        {
            if (index.Match(row.Key, _path) is not { } file) unmatched.Add(row.Key);
            else if (!_byFile.TryAdd(file, row) && _byFile[file].Difference(row) is { } difference)
                throw new InputException($"{_path}: two rows name {file} and differ ({difference})");
        }

        if (_byFile.Count == 0)
        {
            throw new InputException(
                $"{_path}: no row names a file of the source (first row: {(unmatched is [var first, ..] ? $"'{first}'" : "there is none")}, first file: "
                    + $"'{files[0]}'); choose the column with {new NamedInput("FileColumn")}");
        }

        Unmatched = unmatched;
    }
}

/// <summary>What a label table says of one file.</summary>
/// <param name="Key">The file as the table names it.</param>
/// <param name="Label">The class's name; empty when not given.</param>
/// <param name="Patient">The patient; empty when not given.</param>
/// <param name="Split">The split; null when not given.</param>
/// <param name="Meets">Whether the row meets all conditions.</param>
internal sealed record LabelRow(string Key, string Label, string Patient, Split? Split, bool Meets)
{
    /// <summary>The first value in which two rows of one file differ, and the conditions' verdict; null when they say the same.</summary>
    public string? Difference(LabelRow other)
    {
        if (!NameComparer.Instance.Equals(Label, other.Label)) return $"label '{Label}' in '{Key}', '{other.Label}' in '{other.Key}'";
        if (!NameComparer.Instance.Equals(Patient, other.Patient)) return $"patient '{Patient}' in '{Key}', '{other.Patient}' in '{other.Key}'";
        if (Split != other.Split) return $"split '{Split?.ToName()}' in '{Key}', '{other.Split?.ToName()}' in '{other.Key}'";
        return Meets != other.Meets ? $"only one of '{Key}', '{other.Key}' meets the conditions" : null;
    }
}

/// <summary>Which column of a label table holds what; counts what each gave.</summary>
internal sealed class LabelColumns
{
    private static readonly string[] s_patientColumns = ["patient", "patient_id", "patientid", "person", "person_id", "subject", "subject_id"];
    private readonly LabelFile _table;
    private readonly int _file;
    private readonly ConditionColumn[] _conditions;
    private readonly SortedDictionary<Split, int> _splits = [];
    private readonly bool _namesTell;

    public LabelColumns(LabelFile table, PrepareOptions options)
    {
        _table = table;
        _namesTell = options.PatientPattern is not null;
        _file = options.FileColumn is { } file ? table.Find(file, Named(nameof(options.FileColumn))) : table.FileColumn(Named(nameof(options.FileColumn)));
        Label = new CellColumn("label", Chosen(options.LabelColumn, nameof(options.LabelColumn), ["label"]));
        Patient = new CellColumn(
            "patient", options.PatientPattern is null ? Chosen(options.PatientColumn, nameof(options.PatientColumn), s_patientColumns) : -1);
        Split = new CellColumn("split", Chosen(options.SplitColumn, nameof(options.SplitColumn), ["split"]));
        _conditions = [.. options.Where.Select(condition => new ConditionColumn(condition, table.Find(condition.Column, Named(nameof(options.Where)))))];
    }

    public CellColumn Label { get; }

    public CellColumn Patient { get; }

    public CellColumn Split { get; }

    /// <summary>Values of the conditions that no row has, one line each; complete once all rows were read, like what follows.</summary>
    public IEnumerable<string> UnknownValues() => _conditions.SelectMany(condition => condition.UnknownValues());

    /// <summary>Which column was taken for what, and how many rows it gave, one line each.</summary>
    public IEnumerable<string> Describe()
    {
        yield return $"column '{_table.Header[_file]}': file of {_table.Rows.Count} rows";
        foreach (var column in new[] { Label, Patient, Split })
        {
            var parts = column == Split
                ? $" ({string.Join(", ", Enum.GetValues<Split>().Select(split => $"{split.ToName()} {_splits.GetValueOrDefault(split)}"))})"
                : "";
            yield return column == Patient && _namesTell ? "file names: patient, by the pattern"
                : column.At < 0 ? $"no column: {column.Role}"
                : $"column '{_table.Header[column.At]}': {column.Role} of {column.Given} "
                    + $"rows{parts}{(column.Given < _table.Rows.Count ? $", unknown in {_table.Rows.Count - column.Given}" : "")}";
        }
    }

    /// <summary>Words that were read as unknown: one of them might have been meant as a name.</summary>
    public IEnumerable<string> UnknownWords() => new[] { Label, Patient, Split }.Where(column => column.Words.Count > 0).Select(column =>
        $"column '{_table.Header[column.At]}': {string.Join(", ", column.Words.Select(word => $"'{word.Key}' ({word.Value})"))} means unknown; give the "
            + $"{column.Role} another name if it is one");

    public IEnumerable<LabelRow> Rows() => _table.Rows.Select(row => new LabelRow(
        row.Cells[_file].Trim(), Label.Read(row.Cells), Patient.Read(row.Cells), ParseSplit(Split.Read(row.Cells), row.Line), Meets(row.Cells)));

    private bool Meets(string[] row)
    {
        var meets = true;
        // Each condition sees each row, even one that another condition refuses: it notes which values there are.
        foreach (var condition in _conditions) meets &= condition.Holds(row);
        return meets;
    }

    private Split? ParseSplit(string name, int line)
    {
        if (name.Length == 0) return null;
        if (!SplitNames.TryParse(name, out var split))
            throw new InputException($"{_table.Path}: line {line} has the split '{name}'; train, val and test are allowed");
        _splits[split] = _splits.GetValueOrDefault(split) + 1;
        return split;
    }

    private int Chosen(string? column, string option, string[] known) =>
        column is null ? _table.Known(known, Named(option)) : PrepareOptions.IsNone(column) ? -1 : _table.Find(column, Named(option));

    private static InputMessage Named(string option) => $"{new NamedInput(option)}";
}

/// <summary>A column of names: reads its cells by the one rule of what is unknown.</summary>
/// <param name="role">What its names are.</param>
/// <param name="at">Its place; -1 when the table has none.</param>
internal sealed class CellColumn(string role, int at)
{
    public string Role => role;

    public int At => at;

    /// <summary>Rows with a name.</summary>
    public int Given { get; private set; }

    /// <summary>What stood in cells that are neither empty nor a name, and how often.</summary>
    public SortedDictionary<string, int> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>The name; empty for unknown.</summary>
    public string Read(string[] row)
    {
        if (at < 0) return "";
        var name = NameComparer.Normalise(row[at]);
        if (!NameComparer.IsUnknown(name))
        {
            Given++;
            return name;
        }

        if (name.Length > 0) Words[name] = Words.GetValueOrDefault(name) + 1;
        return "";
    }
}
