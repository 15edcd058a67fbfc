using System.Text;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Judges.Features.Fundus;

/// <summary>A label table joined to a dataset by the file names of both.</summary>
internal sealed class FundusTable
{
    private readonly string[] _columns;
    private readonly string[]?[] _rows;

    private FundusTable(string path, string[] columns, string[]?[] rows) => (Path, _columns, _rows) = (path, columns, rows);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether there is a column of this name.</summary>
    public bool Has(string column) => _columns.Contains(column);

    /// <summary>What the column says of an image; empty when the image has no row.</summary>
    public string Cell(int image, string column) => _rows[image] is { } row ? row[Array.IndexOf(_columns, column)] : "";

    /// <summary>Reads the table. Rows of files that the dataset does not have are passed over.</summary>
    /// <exception cref="InputException">The table is missing, unsound, or names no image of the dataset.</exception>
    public static FundusTable Read(string path, ImageDataset dataset)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (labels)");
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            (int Line, string[] Fields)[] rows = [.. CsvReader.ReadNumbered(reader)];
            return rows.Length > 0 ? Join(path, rows, dataset) : throw new InputException($"{path}: the label table is empty");
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

    private static FundusTable Join(string path, (int Line, string[] Fields)[] rows, ImageDataset dataset)
    {
        string[] columns = [.. rows[0].Fields.Select(name => name.Trim())];
        var key = Array.IndexOf(columns, FundusColumns.File);
        if (key < 0) throw new InputException($"{path}: has no column '{FundusColumns.File}'; columns: {string.Join(", ", columns)}");
        var indices = dataset.Entries.ToDictionary(entry => entry.File, entry => entry.Index, StringComparer.Ordinal);
        var joined = new string[]?[dataset.Count];
        foreach (var (line, row) in rows.Skip(1))
        {
            if (row.Length != columns.Length) throw new InputException($"{path}: line {line} has {row.Length} fields, the header has {columns.Length}");
            if (!indices.TryGetValue(row[key], out var index)) continue;
            if (joined[index] is not null) throw new InputException($"{path}: two rows name {row[key]}");
            joined[index] = row;
        }

        return joined.Any(row => row is not null)
            ? new(path, columns, joined)
            : throw new InputException(
                $"{path}: no row names an image of {dataset.Folder} (first row: '{rows.ElementAtOrDefault(1).Fields?[key]}', first "
                    + $"image: '{dataset.Entries[0].File}')");
    }
}
