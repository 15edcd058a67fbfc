using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Judges.Features.Fundus;

/// <summary>What is known of a dataset's images, task by task.</summary>
internal sealed class FundusLabels
{
    private const int MostPhrases = 12;
    private readonly float[]?[][] _targets;

    private readonly FundusTable _table;

    private FundusLabels(FundusTable table, IReadOnlyList<FundusTask> tasks, float[]?[][] targets) => (_table, Tasks, _targets) = (table, tasks, targets);

    /// <summary>The tasks that the table has labels for.</summary>
    public IReadOnlyList<FundusTask> Tasks { get; }

    /// <summary>[tasks]: zeros and ones over the classes, null where the image has no label of the task.</summary>
    public float[]?[] Of(int image) => _targets[image];

    /// <summary>How many images the table and each of its columns says something of, one line each.</summary>
    public IEnumerable<string> Describe(ImageDataset dataset)
    {
        foreach (var line in _table.Describe()) yield return line;
        foreach (var column in FundusColumns.ClassTasks.Select(task => task.Name).Append(FundusColumns.Keywords).Where(column => !_table.Has(column)))
            yield return $"no column: {column}";
        foreach (var (task, k) in Tasks.Select((task, k) => (task, k)).Where(item => _table.Has(item.task.Name)))
        {
            int Labelled(Split split) => dataset.IndicesOf(split).Count(index => _targets[index][k] is not null);
            yield return $"column '{task.Name}': {Counted.Of(Labelled(Split.Train), "image")} to learn from, {Labelled(Split.Val)} held out";
        }
    }

    /// <summary>The images of a split that have a label of some task.</summary>
    public int[] ImagesOf(ImageDataset dataset, Split split) => [.. dataset.IndicesOf(split).Where(index => _targets[index].Any(row => row is not null))];

    /// <summary>
    /// Reads the labels. A task is there when its column is and a training image has a label of it. The keywords are the phrases most frequent in
    /// the training images, at most 12; an image without any phrase has no label of them, one with only rarer phrases has none that holds.
    /// </summary>
    /// <exception cref="InputException">The table is unsound, or no task is left.</exception>
    public static FundusLabels Read(string path, ImageDataset dataset)
    {
        var table = FundusTable.Read(path, dataset);
        var tasks = new List<FundusTask>();
        var columns = new List<float[]?[]>();
        foreach (var task in FundusColumns.ClassTasks.Where(task => table.Has(task.Name)))
            Add(task, index => FundusColumns.OneHot(task, table.Cell(index, task.Name), table.Path, dataset.Entries[index].File));
        if (table.Has(FundusColumns.Keywords))
        {
            string[][] phrases = [.. Enumerable.Range(0, dataset.Count).Select(index => FundusColumns.PhrasesOf(table.Cell(index, FundusColumns.Keywords)))];
            string[] known = [.. MostFrequent(dataset.IndicesOf(Split.Train).SelectMany(index => phrases[index]))];
            Add(
                FundusColumns.KeywordTask(known),
                index => phrases[index].Length == 0 ? null : [.. known.Select(phrase => phrases[index].Contains(phrase) ? 1f : 0f)]);
        }

        if (tasks.Count == 0)
        {
            var allowed = string.Join(", ", FundusColumns.ClassTasks.Select(task => task.Name).Append(FundusColumns.Keywords));
            throw new InputException($"{path}: has no label of a training image of {dataset.Folder}; at least one of the columns {allowed} is needed");
        }

        // No image has a label of these: training gives it one.
        tasks.AddRange(FundusDegradation.Tasks);
        columns.AddRange(FundusDegradation.Tasks.Select(_ => new float[]?[dataset.Count]));
        return new(table, tasks, [.. Enumerable.Range(0, dataset.Count).Select(index => columns.Select(column => column[index]).ToArray())]);

        void Add(FundusTask task, Func<int, float[]?> read)
        {
            float[]?[] column = [.. Enumerable.Range(0, dataset.Count).Select(read)];
            if (dataset.IndicesOf(Split.Train).All(index => column[index] is null)) return;
            tasks.Add(task);
            columns.Add(column);
        }
    }

    private static IEnumerable<string> MostFrequent(IEnumerable<string> phrases) => phrases
        .GroupBy(phrase => phrase, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
        .Take(MostPhrases).Select(group => group.Key);
}

/// <summary>How the label table's columns are read.</summary>
internal static class FundusColumns
{
    /// <summary>The column that names the image.</summary>
    public const string File = "file";

    /// <summary>The column of free text.</summary>
    public const string Keywords = "keywords";

    /// <summary>The side of the eye: a mirrored image is of the other eye.</summary>
    public const string Eye = "eye";

    /// <summary>The image's quality.</summary>
    public const string Quality = "quality";

    private const double KeywordsWeight = 4;

    /// <summary>The tasks with one class an image. The eye counts half: it is easy and says least about a picture.</summary>
    public static IReadOnlyList<FundusTask> ClassTasks { get; } =
    [
        new(Quality, ["good", "usable", "reject"], IsMultiLabel: false, 1),
        new("dr_grade", ["0", "1", "2", "3", "4"], IsMultiLabel: false, 1),
        new(Eye, ["left", "right"], IsMultiLabel: false, 0.5),
    ];

    /// <summary>The task of keywords. A mean over many rare phrases is small, so it weighs more.</summary>
    public static FundusTask KeywordTask(IReadOnlyList<string> phrases) => new(Keywords, phrases, IsMultiLabel: true, KeywordsWeight);

    /// <summary>A row of zeros with a one at the class; null for an empty cell.</summary>
    /// <exception cref="InputException">The cell names no class.</exception>
    public static float[]? OneHot(FundusTask task, string cell, string path, string file)
    {
        if (cell.Length == 0) return null;
        var name = task.Name == Quality && NameComparer.Instance.Equals(cell, "bad") ? "reject" : cell;
        if (!task.Classes.Contains(name, NameComparer.Instance))
        {
            throw new InputException(
                $"{path}: {file} has {task.Name} '{cell}'; allowed: {string.Join(", ", task.Classes)}{(task.Name == Quality ? ", bad" : "")}, or nothing");
        }

        return [.. task.Classes.Select(known => NameComparer.Instance.Equals(known, name) ? 1f : 0f)];
    }

    /// <summary>
    /// The phrases of a cell, lower case, each once. Notes of the form name=value are left out: they tell the source, not what is seen.
    /// </summary>
    public static string[] PhrasesOf(string cell) =>
    [
        .. cell.Split([',', ';', '，', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(phrase => !phrase.Contains('=', StringComparison.Ordinal))
            .Select(phrase => phrase.ToLowerInvariant()).Distinct(),
    ];
}

/// <summary>Something that FundusNet learns to tell.</summary>
/// <param name="Name">The label table's column.</param>
/// <param name="Classes">The classes, or the phrases of a task where several may hold at once.</param>
/// <param name="IsMultiLabel">Whether several may hold at once.</param>
/// <param name="Weight">Weight of its loss in the sum.</param>
public sealed record FundusTask(string Name, IReadOnlyList<string> Classes, bool IsMultiLabel, double Weight);
