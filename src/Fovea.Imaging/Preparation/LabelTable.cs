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
            using var rows = CsvReader.Read(reader, delimiter).GetEnumerator();
            if (!rows.MoveNext()) throw new InputException($"{path}: the label table is empty");
            var columns = new LabelColumns(path, rows.Current, options);
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
            if (matches.Length > 1) throw new InputException($"{_path}: '{row.Key}' matches {matches.Length} files ({matches[0]}, {matches[1]}); name them by relative path");
            if (matches.Length == 0) unmatched.Add(row.Key);
            else if (!_byFile.TryAdd(matches[0], row) && _byFile[matches[0]].Difference(row) is { } difference)
                throw new InputException($"{_path}: two rows name {matches[0]} and differ ({difference})");
        }

        if (_byFile.Count == 0)
            throw new InputException($"{_path}: no row names a file of the source (first row: '{unmatched.FirstOrDefault()}', first file: '{files[0]}'); choose the column with the option file-column");
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
