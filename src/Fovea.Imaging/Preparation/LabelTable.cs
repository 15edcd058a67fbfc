using System.Text;
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
        var path = options.Labels!;
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (labels)");
        try
        {
            var (delimiter, hasLine) = Delimiter(path);
            using var reader = Open(path);
            if (hasLine) reader.ReadLine();
            using var rows = CsvReader.ReadNumbered(reader, delimiter, hasLine ? 2 : 1).GetEnumerator();
            if (!rows.MoveNext()) throw new InputException($"{path}: the label table is empty");
            var columns = new LabelColumns(path, rows.Current.Fields, options);
            var table = new LabelTable(path);
            table.Join(columns.Rows(rows), options.Source, files);
            (table.UnknownValues, table.UnknownWords, table.Columns) = ([.. columns.UnknownValues()], [.. columns.UnknownWords()], [.. columns.Describe()]);
            table.HasLabels = columns.Label.At >= 0;
            return table;
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path}: the label table is not in UTF-8; save it as \"CSV UTF-8\"", e);
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the label table cannot be read ({e.Message})", e);
        }
    }

    private void Join(IEnumerable<LabelRow> rows, string source, IReadOnlyList<string> files)
    {
        var index = new FileIndex(source, files);
        List<string> unmatched = [];
        foreach (var row in rows)
        {
            var matches = index.Find(row.Key);
            if (matches.Length > 1)
                throw new InputException($"{_path}: '{row.Key}' matches {matches.Length} files ({matches[0]}, {matches[1]}); name them by relative path");
            if (matches.Length == 0) unmatched.Add(row.Key);
            else if (!_byFile.TryAdd(matches[0], row) && _byFile[matches[0]].Difference(row) is { } difference)
                throw new InputException($"{_path}: two rows name {matches[0]} and differ ({difference})");
        }

        if (_byFile.Count == 0)
        {
            throw new InputException(
                $"{_path}: no row names a file of the source (first row: '{unmatched.FirstOrDefault()}', first file: '{files[0]}'); choose the "
                    + "column with the option file-column");
        }

        Unmatched = unmatched;
    }

    /// <summary>Tables are written with commas, semicolons or tabs; the header tells, whatever is most in it. Excel may say it in a line of its own.</summary>
    private static (char Delimiter, bool HasLine) Delimiter(string path)
    {
        using var reader = Open(path);
        var header = reader.ReadLine() ?? "";
        if (header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && header.Length == 5) return (header[4], true);
        var plain = string.Concat(header.Split('"').Where((_, part) => part % 2 == 0));
        return (new[] { ',', ';', '\t' }.MaxBy(mark => plain.Count(c => c == mark)), false);
    }

    private static StreamReader Open(string path) => new(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
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
    private static readonly string[] s_fileColumns = ["file", "filename", "image", "path"];
    private static readonly string[] s_patientColumns = ["patient", "patient_id", "patientid", "person", "person_id", "subject", "subject_id"];
    private readonly string _path;
    private readonly string[] _header;
    private readonly int _file;
    private readonly ConditionColumn[] _conditions;
    private readonly SortedDictionary<Split, int> _splits = [];
    private readonly bool _namesTell;
    private int _rows;

    public LabelColumns(string path, string[] header, PrepareOptions options)
    {
        (_path, _header) = (path, [.. header.Select(name => name.Trim())]);
        _namesTell = options.PatientPattern is not null;
        _file = options.FileColumn is { } file ? Find(file, "file-column") : Known(s_fileColumns, "file-column");
        if (_file < 0) _file = Find(s_fileColumns[0], "file-column");
        Label = new CellColumn("label", Chosen(options.LabelColumn, "label-column", ["label"]));
        Patient = new CellColumn("patient", options.PatientPattern is null ? Chosen(options.PatientColumn, "patient-column", s_patientColumns) : -1);
        Split = new CellColumn("split", Chosen(options.SplitColumn, "split-column", ["split"]));
        _conditions = [.. options.Where.Select(condition => new ConditionColumn(condition, Find(condition.Column, "where")))];
    }

    public CellColumn Label { get; }

    public CellColumn Patient { get; }

    public CellColumn Split { get; }

    /// <summary>Values of the conditions that no row has, one line each; complete once all rows were read, like what follows.</summary>
    public IEnumerable<string> UnknownValues() => _conditions.SelectMany(condition => condition.UnknownValues());

    /// <summary>Which column was taken for what, and how many rows it gave, one line each.</summary>
    public IEnumerable<string> Describe()
    {
        yield return $"column '{_header[_file]}': file of {_rows} rows";
        foreach (var column in new[] { Label, Patient, Split })
        {
            var parts = column == Split
                ? $" ({string.Join(", ", Enum.GetValues<Split>().Select(split => $"{split.ToName()} {_splits.GetValueOrDefault(split)}"))})"
                : "";
            yield return column == Patient && _namesTell ? "file names: patient, by the pattern"
                : column.At < 0 ? $"no column: {column.Role}"
                : $"column '{_header[column.At]}': {column.Role} of {column.Given} "
                    + $"rows{parts}{(column.Given < _rows ? $", unknown in {_rows - column.Given}" : "")}";
        }
    }

    /// <summary>Words that were read as unknown: one of them might have been meant as a name.</summary>
    public IEnumerable<string> UnknownWords() => new[] { Label, Patient, Split }.Where(column => column.Words.Count > 0).Select(column =>
        $"column '{_header[column.At]}': {string.Join(", ", column.Words.Select(word => $"'{word.Key}' ({word.Value})"))} means unknown; give the "
            + $"{column.Role} another name if it is one");

    public IEnumerable<LabelRow> Rows(IEnumerator<(int Line, string[] Fields)> rows)
    {
        while (rows.MoveNext())
        {
            var (line, row) = rows.Current;
            // Spreadsheets leave rows of empty cells behind.
            if (Array.TrueForAll(row, string.IsNullOrWhiteSpace)) continue;
            if (row.Length != _header.Length)
                throw new InputException($"{_path}: line {line} has {row.Length} fields, the header has {_header.Length}");
            _rows++;
            yield return new LabelRow(row[_file].Trim(), Label.Read(row), Patient.Read(row), ParseSplit(Split.Read(row), line), Meets(row));
        }
    }

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
            throw new InputException($"{_path}: line {line} has the split '{name}'; train, val and test are allowed");
        _splits[split] = _splits.GetValueOrDefault(split) + 1;
        return split;
    }

    private int Chosen(string? column, string option, string[] known) =>
        column is null ? Known(known, option) : PrepareOptions.IsNone(column) ? -1 : Find(column, option);

    /// <summary>The first of the known names that the header has, however it writes spaces and case; -1 without one.</summary>
    private int Known(string[] names, string option)
    {
        foreach (var name in names)
        {
            int[] same = [.. Enumerable.Range(0, _header.Length)
                .Where(at => NameComparer.Instance.Equals(_header[at].Replace(' ', '_').Replace('-', '_'), name))];
            if (same.Length > 1) throw new InputException($"{_path}: {same.Length} columns are called '{name}' ({option}); rename one");
            if (same.Length == 1) return same[0];
        }

        return -1;
    }

    private int Find(string column, string option)
    {
        int[] same = [.. Enumerable.Range(0, _header.Length).Where(at => _header[at] == column.Trim())];
        if (same.Length == 0) same = [.. Enumerable.Range(0, _header.Length).Where(at => NameComparer.Instance.Equals(_header[at], column))];
        if (same.Length == 1) return same[0];
        var named = _header.Where(name => name.Length > 0).ToArray();
        throw new InputException(same.Length > 1
            ? $"{_path}: {same.Length} columns are called '{column}' ({option}); rename one"
            : $"{_path}: no column '{column}' ({option}); the table has {string.Join(", ", named)}{NearestName.Hint(column, named)}");
    }
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
