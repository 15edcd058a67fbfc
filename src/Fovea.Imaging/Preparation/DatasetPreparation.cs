using System.Diagnostics;
using System.Globalization;
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
        if (Directory.Exists(options.Source))
        {
            var folder = new FolderSource(options.Source, options.Output);
            var table = options.Labels is null ? null : LabelTable.Read(options, folder.Files);
            var loader = new PhotographLoader(options.Size, options.MaxPixels);
            return Run(options, "photographs", folder.Items(loader), folder.Files.Count, table, progress, cancellation);
        }

        if (!File.Exists(options.Source)) throw new InputException($"{options.Source}: no such folder or file");
        if (options.Labels is not null) throw new InputException($"{options.Source}: a .npz file brings its own labels; leave labels out");
        using var archive = new MedMnistSource(options.Source);
        return Run(options, "medmnist", archive.Items(options.Size), archive.Count, null, progress, cancellation);
    }

    private static PreparationReport Run(
        PrepareOptions options, string source, IEnumerable<SourceItem> items, long total, LabelTable? table,
        IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        if (options.Strict && table is { Unmatched: [var missing, ..] })
            throw new InputException($"{options.Labels}: {table.Unmatched.Count} rows name files that are not there, first '{missing}' (strict)");
        var clock = Stopwatch.StartNew();
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        using var writer = new DatasetWriter(options.Output, options.Size, options.Force);
        var collector = new ImageCollector(writer, table, options.Strict, new ProgressMeter(progress, "prepare", total));
        OrderedPipeline.Run(items, threads, item => item.Load(), collector.Add, cancellation);
        if (writer.Count == 0)
            throw new InputException($"{options.Source}: none of {total} files gave an image; the first: {collector.Skipped[0].File}: {collector.Skipped[0].Reason}");

        var nearDuplicates = NearDuplicateFinder.Find(collector.Hashes, threads, cancellation);
        var assignment = SplitAssignment.Make(writer.Entries, collector.GivenSplits, nearDuplicates, options.ValFraction);
        var classes = ClassList.Of(collector.Labels);
        var numbers = classes.Select((name, number) => (name, number)).ToDictionary(c => c.name, c => c.number, StringComparer.Ordinal);
        writer.UpdateEntries(entry => entry with
        {
            Split = assignment.Splits[entry.Index],
            Label = string.IsNullOrEmpty(collector.Labels[entry.Index]) ? null : numbers[collector.Labels[entry.Index]!],
        });
        List<string> warnings = [.. TableWarnings(options, table, collector), .. assignment.Warnings];
        writer.Complete(new DatasetSummary
        {
            Source = source,
            ClassNames = classes,
            Settings = Settings(options),
            Skipped = collector.Skipped,
            Duplicates = collector.Duplicates,
            Warnings = warnings,
        });
        return Report(options, writer, collector, classes, warnings, assignment.NearDuplicates, clock.Elapsed);
    }

    private static IEnumerable<string> TableWarnings(PrepareOptions options, LabelTable? table, ImageCollector collector)
    {
        if (table is null) yield break;
        if (table.Unmatched.Count > 0) yield return $"{options.Labels}: {table.Unmatched.Count} rows name files that are not there, first '{table.Unmatched[0]}'";
        if (collector.WithoutRow > 0) yield return $"{options.Labels}: {collector.WithoutRow} files have no row in the table, first '{collector.FirstWithoutRow}'";
    }

    private static Dictionary<string, string> Settings(PrepareOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["size"] = options.Size.ToString(CultureInfo.InvariantCulture),
            ["valFraction"] = options.ValFraction.ToString(CultureInfo.InvariantCulture),
            ["maxPixels"] = options.MaxPixels.ToString(CultureInfo.InvariantCulture),
            ["nearDuplicateBits"] = NearDuplicateFinder.MaxDistance.ToString(CultureInfo.InvariantCulture),
            // Names without folders: a path may hold the name of a user or of a patient.
            ["source"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Source))),
        };
        if (options.Labels is not null) settings["labels"] = Path.GetFileName(options.Labels);
        if (options.FileColumn is not null) settings["fileColumn"] = options.FileColumn;
        if (options.LabelColumn is not null) settings["labelColumn"] = options.LabelColumn;
        if (options.PatientColumn is not null) settings["patientColumn"] = options.PatientColumn;
        if (options.SplitColumn is not null) settings["splitColumn"] = options.SplitColumn;
        return settings;
    }

    private static PreparationReport Report(
        PrepareOptions options, DatasetWriter writer, ImageCollector collector, IReadOnlyList<string> classes, List<string> warnings, int nearDuplicates, TimeSpan elapsed)
    {
        using var dataset = ImageDataset.Open(options.Output);
        return new PreparationReport
        {
            Output = options.Output,
            Count = writer.Count,
            Size = options.Size,
            SplitCounts = Enum.GetValues<Split>().ToDictionary(split => split, split => dataset.IndicesOf(split).Count),
            ClassNames = classes,
            ClassCounts = [.. classes.Select((_, label) => writer.Entries.Count(e => e.Label == label))],
            DiscCounts = writer.Entries.GroupBy(e => Retina.DiscKindNames.ToName(e.Disc.Kind)).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
            Skipped = collector.Skipped,
            Duplicates = collector.Duplicates,
            Warnings = warnings,
            NearDuplicates = nearDuplicates,
            ContentHash = dataset.ContentHash,
            Elapsed = elapsed,
        };
    }
}
