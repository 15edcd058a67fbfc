using System.Text;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>A CSV file of labels as it lies there: a header and the rows under it, however a spreadsheet has written them.</summary>
/// <remarks>Fields stand between commas, semicolons or tabs, whatever is most in the header; rows of empty cells are passed over.</remarks>
public sealed class LabelFile
{
    private static readonly string[] s_fileColumns = ["file", "filename", "image", "path"];

    private LabelFile(string path, string[] header, IReadOnlyList<(int Line, string[] Cells)> rows) => (Path, Header, Rows) = (path, header, rows);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the columns without space around them.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>As many cells as there are columns, with the line that they begin in.</summary>
    public IReadOnlyList<(int Line, string[] Cells)> Rows { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="InputException">It is missing, empty, not in UTF-8 or unsound.</exception>
    public static LabelFile Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (labels)");
        try
        {
            var (delimiter, hasLine) = Delimiter(path);
            using var reader = Open(path);
            if (hasLine) reader.ReadLine();
            (int Line, string[] Cells)[] all = [.. CsvReader.ReadNumbered(reader, delimiter, hasLine ? 2 : 1)];
            if (all.Length == 0) throw new InputException($"{path}: the label table is empty");
            // Spreadsheets leave rows of empty cells behind.
            (int Line, string[] Cells)[] rows = [.. all.Skip(1).Where(row => !Array.TrueForAll(row.Cells, string.IsNullOrWhiteSpace))];
            string[] header = [.. all[0].Cells.Select(name => name.Trim())];
            foreach (var (line, cells) in rows)
                if (cells.Length != header.Length) throw new InputException($"{path}: line {line} has {cells.Length} fields, the header has {header.Length}");
            return new(path, header, rows);
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
            throw new InputException($"{path}: the label table cannot be read ({FileProblem.Of(path, e)})", e);
        }
    }

    /// <summary>The place of the column that names the pictures, which a header calls file, filename, image or path.</summary>
    /// <param name="role">What it is for, as messages call it.</param>
    /// <exception cref="InputException">There is none, or there are two of one name.</exception>
    public int FileColumn(InputMessage role) => Known(s_fileColumns, role) is >= 0 and var at
        ? at
        : throw new InputException(
            $"{Path}: no column names the files ({role}); it is called {string.Join(", ", s_fileColumns)} where nothing is said; the table has "
                + $"{string.Join(", ", Named)}");

    /// <summary>The place of the first of some names that the header has, however it writes spaces and case; -1 without one.</summary>
    /// <param name="names">The names.</param>
    /// <param name="role">What the column is for, as messages call it.</param>
    /// <exception cref="InputException">Two columns have the name.</exception>
    public int Known(IEnumerable<string> names, InputMessage role)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            int[] same = [.. Places(column => NameComparer.Instance.Equals(column.Replace(' ', '_').Replace('-', '_'), name))];
            if (same.Length > 1) throw new InputException($"{Path}: {same.Length} columns are called '{name}' ({role}); rename one");
            if (same.Length == 1) return same[0];
        }

        return -1;
    }

    /// <summary>The place of a column that was asked for.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="role">What it is for, as messages call it.</param>
    /// <exception cref="InputException">There is none, or there are two.</exception>
    public int Find(string column, InputMessage role)
    {
        ArgumentNullException.ThrowIfNull(column);
        int[] same = [.. Places(name => name == column.Trim())];
        if (same.Length == 0) same = [.. Places(name => NameComparer.Instance.Equals(name, column))];
        if (same.Length == 1) return same[0];
        if (same.Length > 1) throw new InputException($"{Path}: {same.Length} columns are called '{column}' ({role}); rename one");
        throw new InputException($"{Path}: no column '{column}' ({role}); the table has {string.Join(", ", Named)}{NearestName.Hint(column, [.. Named])}");
    }

    private IEnumerable<string> Named => Header.Where(name => name.Length > 0);

    private IEnumerable<int> Places(Func<string, bool> isIt) => Enumerable.Range(0, Header.Count).Where(at => isIt(Header[at]));

    /// <summary>Excel may say what stands between fields in a line of its own.</summary>
    private static (char Delimiter, bool HasLine) Delimiter(string path)
    {
        using var reader = Open(path);
        var header = reader.ReadLine() ?? "";
        var bare = header.Trim('"');
        if (bare.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && bare.Length == 5) return (bare[4], true);
        var plain = string.Concat(header.Split('"').Where((_, part) => part % 2 == 0));
        return (new[] { ',', ';', '\t' }.MaxBy(mark => plain.Count(c => c == mark)), false);
    }

    private static StreamReader Open(string path) => new(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
}
