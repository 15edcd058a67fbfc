using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Judges.Features.Fundus;

/// <summary>A label table joined to a dataset by the file names of both.</summary>
internal sealed class FundusTable
{
    private readonly LabelFile _file;
    private readonly string[]?[] _rows;

    private FundusTable(LabelFile file, string[]?[] rows) => (_file, _rows) = (file, rows);

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <summary>How many rows name an image of the dataset, in words.</summary>
    public string Description
    {
        get
        {
            var (rows, named) = (_file.Rows.Count, _rows.Count(row => row is not null));
            return $"{Path}: {named} of its {rows} rows name images of the dataset, which has {_rows.Length}";
        }
    }

    /// <summary>Whether there is a column of this name, however the header writes it.</summary>
    public bool Has(string column) => At(column) >= 0;

    /// <summary>What the column says of an image; empty when the image has no row or the cell says that nothing is known.</summary>
    public string Cell(int image, string column) =>
        _rows[image]?[At(column)] is { } cell && !NameComparer.IsUnknown(cell) ? NameComparer.Normalise(cell) : "";

    /// <summary>Reads the table. Rows of files that the dataset does not have are counted and passed over.</summary>
    /// <exception cref="InputException">The table is missing, unsound, or names no image of the dataset.</exception>
    public static FundusTable Read(string path, ImageDataset dataset)
    {
        var file = LabelFile.Read(path);
        var key = file.FileColumn("the image");
        var indices = dataset.Entries.ToDictionary(entry => entry.File, entry => entry.Index, StringComparer.Ordinal);
        var joined = new string[]?[dataset.Count];
        foreach (var (_, row) in file.Rows)
        {
            if (!indices.TryGetValue(row[key].Trim(), out var index)) continue;
            if (joined[index] is not null) throw new InputException($"{path}: two rows name {row[key].Trim()}");
            joined[index] = row;
        }

        return joined.Any(row => row is not null)
            ? new(file, joined)
            : throw new InputException(
                $"{path}: no row names an image of {dataset.Folder} (first row: '{(file.Rows is [var first, ..] ? first.Cells[key] : "")}', first "
                    + $"image: '{dataset.Entries[0].File}')");
    }

    private int At(string column) => _file.Known([column], column);
}
