using System.Text;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Tables;

namespace Fovea.Imaging.Preparation;

/// <summary>A CSV file with one row a picture, joined to the files by relative path, name, or name without extension.</summary>
internal sealed class LabelTable
{
    private static readonly string[] s_fileColumns = ["file", "filename", "image", "path"];
    private readonly string _path;
    private readonly Dictionary<string, LabelRow> _byFile = new(StringComparer.Ordinal);

    private LabelTable(string path) => _path = path;

    /// <summary>True when a column gives splits.</summary>
    public bool HasSplits { get; private init; }

    /// <summary>Rows that name a file that is not there.</summary>
    public IReadOnlyList<string> Unmatched { get; private set; } = [];

    /// <summary>What the table says of a file; null when it says nothing.</summary>
    public LabelRow? Of(string file) => _byFile.GetValueOrDefault(file);

    public static LabelTable Read(PrepareOptions options, IReadOnlyList<string> files)
    {
        var path = options.Labels!;
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (labels)");
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            using var rows = CsvReader.Read(reader).GetEnumerator();
            if (!rows.MoveNext()) throw new InputException($"{path}: the label table is empty");
            var columns = new Columns(path, rows.Current, options);
            var table = new LabelTable(path) { HasSplits = columns.Split >= 0 };
            table.Join(columns.Rows(rows), files);
            return table;
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

    private void Join(IEnumerable<LabelRow> rows, IReadOnlyList<string> files)
    {
        var byPath = files.ToHashSet(StringComparer.Ordinal);
        var byName = files.ToLookup(file => Path.GetFileName(file), StringComparer.Ordinal);
        var byStem = files.ToLookup(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        var byBarePath = files.ToLookup(file => Path.ChangeExtension(file, null), StringComparer.Ordinal);
        List<string> unmatched = [];
        foreach (var row in rows)
        {
            var key = row.Key.Replace('\\', '/');
            if (key.StartsWith("./", StringComparison.Ordinal)) key = key[2..];
            string[] matches = byPath.Contains(key) ? [key] : [.. byBarePath[key]];
            if (matches.Length == 0) matches = [.. byName[key]];
            if (matches.Length == 0) matches = [.. byStem[key]];
            if (matches.Length > 1) throw new InputException($"{_path}: '{row.Key}' matches {matches.Length} files ({matches[0]}, {matches[1]}); name them by relative path");
            if (matches.Length == 0) unmatched.Add(row.Key);
            else if (!_byFile.TryAdd(matches[0], row) && _byFile[matches[0]] is var first && first with { Key = row.Key } != row)
                throw new InputException($"{_path}: two rows name {matches[0]} and differ ('{first.Key}', '{row.Key}')");
        }

        if (_byFile.Count == 0)
            throw new InputException($"{_path}: no row names a file of the source (first row: '{unmatched.FirstOrDefault()}', first file: '{files[0]}'); choose the column with the option file-column");
        Unmatched = unmatched;
    }

    /// <summary>Which column holds what.</summary>
    private sealed class Columns
    {
        private readonly string _path;
        private readonly string[] _header;
        private readonly int _file;
        private readonly int _label;
        private readonly int _patient;

        public Columns(string path, string[] header, PrepareOptions options)
        {
            (_path, _header) = (path, header);
            var fileColumn = options.FileColumn ?? Array.Find(s_fileColumns, name => header.Contains(name)) ?? s_fileColumns[0];
            _file = Find(fileColumn, "file-column", required: true);
            _label = Find(options.LabelColumn ?? "label", "label-column", options.LabelColumn is not null);
            _patient = Find(options.PatientColumn ?? "patient", "patient-column", options.PatientColumn is not null);
            Split = Find(options.SplitColumn ?? "split", "split-column", options.SplitColumn is not null);
        }

        public int Split { get; }

        public IEnumerable<LabelRow> Rows(IEnumerator<string[]> rows)
        {
            for (var number = 2; rows.MoveNext(); number++)
            {
                var row = rows.Current;
                if (row.Length != _header.Length)
                    throw new InputException($"{_path}: row {number} has {row.Length} fields, the header has {_header.Length}");
                yield return new LabelRow(row[_file].Trim(), Cell(row, _label), Cell(row, _patient), ParseSplit(Cell(row, Split), number));
            }
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
}
