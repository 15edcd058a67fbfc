using System.Text;
using Fovea.Core.Errors;
using Fovea.Imaging.Tables;

namespace Fovea.Imaging.Preparation;

/// <summary>A CSV file with one row a picture, joined to the files by relative path, name, or name without extension.</summary>
internal sealed class LabelTable
{
    private readonly string _path;
    private readonly Dictionary<string, LabelRow> _byFile = new(StringComparer.Ordinal);

    private LabelTable(string path) => _path = path;

    /// <summary>True when a column gives splits.</summary>
    public bool HasSplits { get; private init; }

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
            using var reader = new StreamReader(path, Encoding.UTF8);
            using var rows = CsvReader.Read(reader).GetEnumerator();
            if (!rows.MoveNext()) throw new InputException($"{path}: the label table is empty");
            var columns = new LabelColumns(path, rows.Current, options);
            var table = new LabelTable(path) { HasSplits = columns.Split >= 0 };
            table.Join(columns.Rows(rows), files);
            table.UnknownValues = [.. columns.UnknownValues()];
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
}
