using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Judges.Features.Fundus;

/// <summary>A label table joined to a dataset by the files that both name, as <c>fovea prepare</c> joins one to photographs.</summary>
internal sealed class FundusTable
{
    private const int MostTold = 3;
    private readonly LabelFile _file;
    private readonly string[]?[] _rows;
    private readonly IReadOnlyList<string> _unmatched;
    private readonly Dictionary<(string Column, string Word), int> _unknown = [];

    private FundusTable(LabelFile file, string[]?[] rows, IReadOnlyList<string> unmatched) => (_file, _rows, _unmatched) = (file, rows, unmatched);

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <summary>How many rows name an image of the dataset, which do not, and what was read as unknown, one line each; true once all cells were read.</summary>
    public IEnumerable<string> Describe()
    {
        var (rows, named) = (_file.Rows.Count, _rows.Count(row => row is not null));
        yield return $"{Path}: {rows - _unmatched.Count} of its {rows} rows name {named} images of the dataset, which has {_rows.Length}";
        if (_unmatched.Count > 0)
        {
            yield return $"warning: {Path}: {Counted.Of(_unmatched.Count, "row")} {(_unmatched.Count == 1 ? "names" : "name")} no image of the dataset: "
                + string.Join(", ", _unmatched.Take(MostTold)) + (_unmatched.Count > MostTold ? ", …" : "");
        }

        foreach (var ((column, word), count) in _unknown) yield return $"column '{column}': '{word}' ({count}) means unknown";
    }

    /// <summary>Whether there is a column of this name, however the header writes it.</summary>
    public bool Has(string column) => At(column) >= 0;

    /// <summary>What the column says of an image; empty when the image has no row or the cell says that nothing is known.</summary>
    public string Cell(int image, string column)
    {
        if (_rows[image]?[At(column)] is not { } cell) return "";
        var text = NameComparer.Normalise(cell);
        if (!NameComparer.IsUnknown(text)) return text;
        if (text.Length > 0) _unknown[(column, text)] = _unknown.GetValueOrDefault((column, text)) + 1;
        return "";
    }

    /// <summary>Reads the table. Rows of files that the dataset does not have are counted and passed over.</summary>
    /// <exception cref="InputException">The table is missing, unsound, or names no image of the dataset.</exception>
    public static FundusTable Read(string path, ImageDataset dataset)
    {
        var file = LabelFile.Read(path);
        var key = file.FileColumn($"the image");
        var images = dataset.Entries.ToDictionary(entry => entry.File, entry => entry.Index, StringComparer.Ordinal);
        var index = new FileIndex(dataset.Folder, [.. images.Keys]);
        var joined = new string[]?[dataset.Count];
        List<string> unmatched = [];
        foreach (var (_, row) in file.Rows)
        {
            if (index.Match(row[key].Trim(), path) is not { } name)
            {
                unmatched.Add(row[key].Trim());
                continue;
            }

            if (joined[images[name]] is { } other) RequireEqual(file, key, name, other, row);
            joined[images[name]] = row;
        }

        return joined.Any(row => row is not null)
            ? new(file, joined, unmatched)
            : throw new InputException(
                $"{path}: no row names an image of {dataset.Folder} (first row: {(unmatched is [var first, ..] ? $"'{first}'" : "there is none")}, first "
                    + $"image: '{dataset.Entries[0].File}')");
    }

    private static void RequireEqual(LabelFile file, int key, string name, string[] one, string[] other)
    {
        var at = Enumerable.Range(0, one.Length).Where(column => column != key && !NameComparer.Instance.Equals(one[column], other[column])).Append(-1).First();
        if (at >= 0)
        {
            throw new InputException(
                $"{file.Path}: two rows name {name} and differ (column '{file.Header[at]}': '{one[at].Trim()}' and '{other[at].Trim()}')");
        }
    }

    private int At(string column) => _file.Known([column], $"{column}");
}
