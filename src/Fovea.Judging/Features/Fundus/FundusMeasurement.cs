using Fovea.Evaluation.Statistics;
using Fovea.Imaging.Datasets;

namespace Fovea.Judging.Features.Fundus;

/// <summary>Measures FundusNet on labelled images.</summary>
internal static class FundusMeasurement
{
    private static readonly BootstrapOptions Resampling = new() { Accelerate = false, Threads = 1, Replicates = 1000 };

    public static FundusAccuracy Of(FundusNet net, ImageDataset dataset, FundusLabels labels, int[] images, CancellationToken cancellation)
    {
        var logits = net.Logits([.. images.Select(index => dataset.GetImage(index).ToArray())], cancellation).Chunk(labels.Tasks.Sum(task => task.Classes.Count)).ToArray();
        var results = new List<TaskAccuracy>();
        var start = 0;
        for (var t = 0; t < labels.Tasks.Count; t++)
        {
            var (task, first) = (labels.Tasks[t], start);
            start += task.Classes.Count;
            var rows = images.Zip(logits, (index, row) => (Label: labels.Of(index)[t], Logits: row[first..start])).Where(row => row.Label is not null).Select(row => (Label: row.Label!, row.Logits)).ToArray();
            // A resample needs two images.
            if (rows.Length > 1) results.Add(task.IsMultiLabel ? Phrases(task, rows) : Classes(task, rows));
        }

        return new(net.Facts.Hash, results);
    }

    /// <summary>Chance that an image with the phrase has a higher logit than one without, ties half; NaN when there are no such pairs.</summary>
    internal static double AreaUnderCurve(IEnumerable<(double Score, bool Holds)> images)
    {
        var (positives, negatives, wins) = (0.0, 0.0, 0.0);
        foreach (var tied in images.GroupBy(image => image.Score).OrderBy(group => group.Key))
        {
            double held = tied.Count(image => image.Holds), others = tied.Count() - held;
            wins += held * (negatives + (others / 2));
            (positives, negatives) = (positives + held, negatives + others);
        }

        return wins / (positives * negatives);
    }

    private static TaskAccuracy Classes(FundusTask task, (float[] Label, float[] Logits)[] rows)
    {
        (int Label, int Verdict)[] pairs = [.. rows.Select(row => (Array.IndexOf(row.Label, 1f), Array.IndexOf(row.Logits, row.Logits.Max())))];
        var classes = new List<ClassAccuracy>();
        for (var c = 0; c < task.Classes.Count; c++)
        {
            var (total, right) = (pairs.Count(pair => pair.Label == c), pairs.Count(pair => pair.Label == c && pair.Verdict == c));
            if (total > 0) classes.Add(new(task.Classes[c], total, right / (double)total, WilsonInterval.Of(right, total)));
        }

        var spread = Bootstrap.Of(pairs.Length, list => list.GroupBy(i => pairs[i].Label).Average(group => group.Average(i => pairs[i].Verdict == group.Key ? 1.0 : 0)), Resampling);
        return new(task.Name, "balanced accuracy", pairs.Length, spread.Estimate, spread.Percentile, classes);
    }

    private static TaskAccuracy Phrases(FundusTask task, (float[] Label, float[] Logits)[] rows)
    {
        int[] told = [.. Enumerable.Range(0, task.Classes.Count).Where(c => rows.Any(row => row.Label[c] > 0) && rows.Any(row => row.Label[c] == 0))];
        // A resample may lack a rare phrase: then it says nothing of it.
        double Area(int c, int[] list) => AreaUnderCurve(list.Select(i => ((double)rows[i].Logits[c], rows[i].Label[c] > 0)));
        double Mean(int[] list) => told.Select(c => Area(c, list)).Where(double.IsFinite).DefaultIfEmpty(0.5).Average();
        var classes = told.Select(c =>
        {
            var one = Bootstrap.Of(rows.Length, list => Area(c, list) is var area && double.IsFinite(area) ? area : 0.5, Resampling);
            return new ClassAccuracy(task.Classes[c], rows.Count(row => row.Label[c] > 0), one.Estimate, one.Percentile);
        }).ToArray();
        var spread = Bootstrap.Of(rows.Length, Mean, Resampling);
        return new(task.Name, "mean AUROC", rows.Length, spread.Estimate, spread.Percentile, classes);
    }
}
