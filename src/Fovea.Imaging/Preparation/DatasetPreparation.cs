using System.Diagnostics;
using Fovea.Core.Errors;
using Fovea.Core.Progress;
using Fovea.Imaging.Datasets;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// Makes a dataset of a folder of photographs or a MedMNIST file: decodes, finds the retina, crops, resizes, drops copies,
/// joins labels, splits, writes.
/// </summary>
/// <remarks>
/// Files are worked on in parallel and written in the order of their paths, so the result does not depend on the number of
/// threads. Memory holds a few pictures a thread, and the manifest.
/// </remarks>
public static class DatasetPreparation
{
    /// <summary>
    /// Runs the preparation. Throws <see cref="InputException"/> for bad settings, a missing or empty source, a table that does
    /// not fit, or (strict) any file without image; nothing is left in the output then. Cancelling leaves nothing either.
    /// </summary>
    public static PreparationReport Run(PrepareOptions options, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ApartFilter.Check(options);
        if (Directory.Exists(options.Source)) return Run(options, Photographs(options), progress, cancellation);
        if (!File.Exists(options.Source)) throw new InputException($"{options.Source}: no such folder or file");
        if (options.Labels is not null) throw new InputException($"{options.Source}: a .npz file brings its own labels; leave labels out");
        using var archive = new MedMnistSource(options.Source);
        return Run(options, new PreparationInput("medmnist", archive.Items(options.Size), archive.Count, null, []), progress, cancellation);
    }

    private static PreparationInput Photographs(PrepareOptions options)
    {
        var folder = new FolderSource(options.Source, [options.Output, .. options.ApartFrom], options.Labels);
        var table = options.Labels is null ? null : LabelTable.Read(options, folder.Files);
        if (options.Strict && table is { Unmatched: [var missing, ..] })
            throw new InputException($"{options.Labels}: {table.Unmatched.Count} rows name files that are not there, first '{missing}' (strict)");
        var files = table is null ? folder.Files : table.Taken(folder.Files, options.Where);
        var items = folder.Items(files, new PhotographLoader(options.Size, options.MaxPixels, options.Accept == AcceptedPictures.Any));
        AppliedFilter[] conditions = options.Where.Count == 0 ? [] : [new("where", string.Join(" and ", options.Where), folder.Files.Count - files.Count)];
        return new PreparationInput("photographs", items, files.Count, table, conditions);
    }

    private static PreparationReport Run(PrepareOptions options, PreparationInput input, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var apart = ApartFilter.Open(options, threads, cancellation);
        using var writer = new DatasetWriter(options.Output, options.Size, options.Force);
        var collector = new ImageCollector(writer, input.Table, options.Strict, new ProgressMeter(progress, "prepare", input.Total));
        OrderedPipeline.Run(input.Items, threads, item => apart.Describe(item.Load()), collector.Add, cancellation);
        if (writer.Count == 0)
            throw new InputException($"{options.Source}: none of {input.Total} files gave an image; the first: {collector.Skipped[0].File}: {collector.Skipped[0].Reason}");

        var (nearDuplicates, separated) = apart.Apply(collector, NearDuplicateFinder.Find(collector.Hashes, threads, cancellation), threads, cancellation);
        var assignment = SplitAssignment.Make(writer.Entries, collector.GivenSplits, nearDuplicates, options.ValFraction);
        var classes = ClassNames.Of(collector.Labels);
        EnterSplitsAndLabels(writer, assignment, collector.Labels, classes);
        var summary = new DatasetSummary
        {
            Source = input.Kind,
            IsFundus = options.IsFundus,
            ClassNames = classes,
            Settings = PreparationSettings.Describe(options),
            Skipped = collector.Skipped,
            Duplicates = collector.Duplicates,
            Warnings = [.. collector.Pixels.Warnings(), .. TableWarnings(options, input.Table, collector), .. apart.Warnings(writer.Entries), .. assignment.Warnings],
            Filters = [.. input.Conditions, .. separated],
        };
        writer.Complete(summary);
        return Report(options, writer, summary, assignment.NearDuplicates, clock.Elapsed) with { Repaired = collector.Pixels.Repaired };
    }

    private static void EnterSplitsAndLabels(DatasetWriter writer, SplitAssignment assignment, List<string?> labels, IReadOnlyList<string> classes)
    {
        var numbers = classes.Select((name, number) => (name, number)).ToDictionary(c => c.name, c => c.number, StringComparer.Ordinal);
        writer.UpdateEntries(entry => entry with
        {
            Split = assignment.Splits[entry.Index],
            Label = string.IsNullOrEmpty(labels[entry.Index]) ? null : numbers[labels[entry.Index]!],
        });
    }

    private static IEnumerable<string> TableWarnings(PrepareOptions options, LabelTable? table, ImageCollector collector)
    {
        if (table is null) yield break;
        if (table.Unmatched.Count > 0) yield return $"{options.Labels}: {table.Unmatched.Count} rows name files that are not there, first '{table.Unmatched[0]}'";
        if (collector.WithoutRow is [var first, ..]) yield return $"{options.Labels}: {collector.WithoutRow.Count} files have no row in the table, first '{first}'";
        foreach (var value in table.UnknownValues) yield return $"{options.Labels}: {value} (where)";
    }

    private static PreparationReport Report(PrepareOptions options, DatasetWriter writer, DatasetSummary summary, int nearDuplicates, TimeSpan elapsed)
    {
        using var dataset = ImageDataset.Open(options.Output);
        return new PreparationReport
        {
            Output = options.Output,
            Count = writer.Count,
            Size = options.Size,
            SplitCounts = Enum.GetValues<Split>().ToDictionary(split => split, split => dataset.IndicesOf(split).Count),
            ClassNames = summary.ClassNames,
            ClassCounts = [.. summary.ClassNames.Select((_, label) => writer.Entries.Count(e => e.Label == label))],
            DiscCounts = writer.Entries.GroupBy(e => Retina.DiscKindNames.ToName(e.Disc.Kind)).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
            Skipped = summary.Skipped,
            Duplicates = summary.Duplicates,
            Filters = summary.Filters,
            Warnings = summary.Warnings,
            NearDuplicates = nearDuplicates,
            ContentHash = dataset.ContentHash,
            Elapsed = elapsed,
        };
    }
}
