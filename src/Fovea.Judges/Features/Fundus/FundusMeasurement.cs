using Fovea.Imaging.Datasets;
using Fovea.Metrics.Statistics;

namespace Fovea.Judges.Features.Fundus;

/// <summary>Measures FundusNet on labelled images.</summary>
internal static class FundusMeasurement
{
    private static readonly BootstrapOptions Resampling = new() { Accelerate = false, Threads = 1, Replicates = 1000 };

    public static FundusAccuracy Measure(FundusNet net, ImageDataset dataset, FundusLabels labels, int[] images, CancellationToken cancellation)
    {
        var logits = net.Logits([.. images.Select(index => dataset.GetImage(index).ToArray())], cancellation)
            .Chunk(labels.Tasks.Sum(task => task.Classes.Count)).ToArray();
        var results = new List<TaskAccuracy>();
        var start = 0;
        for (var t = 0; t < labels.Tasks.Count; t++)
        {
            var (task, first) = (labels.Tasks[t], start);
            start += task.Classes.Count;
            var rows = images.Zip(logits, (index, row) => (Label: labels.Of(index)[t], Logits: row[first..start])).Where(row => row.Label is not null)
                .Select(row => (Label: row.Label!, row.Logits)).ToArray();
            // A resample needs two images.
            if (rows.Length > 1 && (task.IsMultiLabel ? Phrases(task, rows) : Classes(task, rows)) is { } result) results.Add(result);
        }

        return new(net.Description.Hash, results);
    }

    private static TaskAccuracy Classes(FundusTask task, (float[] Label, float[] Logits)[] rows)
    {
        (int Label, int Verdict)[] pairs = [.. rows.Select(row => (Array.IndexOf(row.Label, 1f), Array.IndexOf(row.Logits, row.Logits.Max())))];
        var classes = new List<ClassAccuracy>();
        for (var c = 0; c < task.Classes.Count; c++)
        {
            var (total, right) = (pairs.Count(pair => pair.Label == c), pairs.Count(pair => pair.Label == c && pair.Verdict == c));
            if (total > 0) classes.Add(new(task.Classes[c], total, right / (double)total, WilsonInterval.Estimate(right, total)));
        }

        var spread = Bootstrap.Estimate(
            pairs.Length, list => list.GroupBy(i => pairs[i].Label).Average(group => group.Average(i => pairs[i].Verdict == group.Key ? 1.0 : 0)), Resampling);
        return new(task.Name, "balanced accuracy", pairs.Length, spread.Estimate, spread.Percentile, classes);
    }

    /// <summary>Null where no phrase has images with it and without.</summary>
    private static TaskAccuracy? Phrases(FundusTask task, (float[] Label, float[] Logits)[] rows)
    {
        int[] told = [.. Enumerable.Range(0, task.Classes.Count).Where(c => rows.Any(row => row.Label[c] > 0) && rows.Any(row => row.Label[c] == 0))];
        if (told.Length == 0) return null;
        // NaN of a phrase that a resample lacks: then it says nothing of it.
        // The chance that an image with the phrase has a higher logit than one without.
        double Area(int c, int[] list)
        {
            var images = list.ToLookup(i => rows[i].Label[c] > 0, i => (double)rows[i].Logits[c]);
            return RocArea.Of([.. images[false]], [.. images[true]]);
        }
        double Mean(int[] list) => told.Select(c => Area(c, list)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        var classes = told.Select(c =>
        {
            var one = Bootstrap.Estimate(rows.Length, list => Area(c, list), Resampling);
            return new ClassAccuracy(task.Classes[c], rows.Count(row => row.Label[c] > 0), one.Estimate, one.Percentile);
        }).ToArray();
        var spread = Bootstrap.Estimate(rows.Length, Mean, Resampling);
        return new(task.Name, "mean AUROC", rows.Length, spread.Estimate, spread.Percentile, classes);
    }
}

/// <summary>How well FundusNet solves its tasks on the split 'val'.</summary>
/// <param name="Hash">SHA-256 of the weights' file.</param>
/// <param name="Tasks">The tasks that held-out images have labels of.</param>
public sealed record FundusAccuracy(string Hash, IReadOnlyList<TaskAccuracy> Tasks);

/// <summary>How well one class or phrase is told.</summary>
/// <param name="Name">The class or the phrase.</param>
/// <param name="Images">Held-out images that have it.</param>
/// <param name="Value">Recall of a class, area under the ROC curve of a phrase.</param>
/// <param name="Interval">95 %: Wilson's of a recall, the bootstrap's of an area.</param>
public sealed record ClassAccuracy(string Name, int Images, double Value, Interval Interval);

/// <summary>How well a task is solved on held-out images.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Figure">"balanced accuracy" (mean recall of the classes) or "mean AUROC" of the phrases; over those that some image has.</param>
/// <param name="Images">Held-out images with a label of the task.</param>
/// <param name="Value">The figure.</param>
/// <param name="Interval">95 % of the bootstrap over images. Eyes of one patient are alike, so it is a little narrow.</param>
/// <param name="Classes">The classes or phrases that it is the mean of.</param>
public sealed record TaskAccuracy(string Task, string Figure, int Images, double Value, Interval Interval, IReadOnlyList<ClassAccuracy> Classes);
