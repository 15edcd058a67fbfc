using System.Diagnostics;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Retina;

namespace Fovea.Imaging.Preparation;

/// <summary>
/// Makes a dataset of a folder of pictures or a MedMNIST file: decodes, finds the square, crops, resizes, drops copies, joins labels,
/// splits, writes.
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
        if (Directory.Exists(options.Source)) return Run(options, Photographs(options, cancellation), progress, cancellation);
        if (!File.Exists(options.Source)) throw new InputException($"{options.Source}: no such folder or file");
        if (options.Masks is not null) throw new InputException($"{options.Source}: a .npz file has no names of files to find masks by; leave masks out");
        if (options.Labels is not null) throw new InputException($"{options.Source}: a .npz file brings its own labels; leave labels out");
        if (options.PatientPattern is not null)
            throw new InputException($"{options.Source}: a .npz file has no names of files to find patients in; leave patient-pattern out");
        using var archive = new MedMnistSource(options.Source);
        var items = archive.Items(options.Size, Framings.Get(options.FramingInUse), options.IsFundus);
        return Run(options, new PreparationInput("medmnist", items, archive.Count, null, []) { Remark = archive.Remark }, progress, cancellation);
    }

    private static PreparationInput Photographs(PrepareOptions options, CancellationToken cancellation)
    {
        var folder = new FolderSource(options.Source, [options.Output, .. options.ApartFrom, .. options.Masks is { } apart ? new[] { apart } : []],
            options.Labels);
        if (options.Strict && folder.Listing.Warning is { } unread) throw new InputException($"{unread} (strict)");
        var table = options.Labels is null ? null : LabelTable.Read(options, folder.Files);
        if (options.Strict && table is { Unmatched: [var missing, ..] })
            throw new InputException($"{options.Labels}: {table.Unmatched.Count} rows name files that are not there, first '{missing}' (strict)");
        var files = table is null ? folder.Files : table.Taken(folder.Files, options.Where);
        if (ClassNames.Clash(table?.Rows.Select(row => row.Label) ?? []) is { } clash) throw new InputException($"{options.Labels}: {clash}");
        var masks = options.Masks is null ? null : MaskFolder.Open(options.Masks, folder.Files, ThreadsOf(options), options.MaxPixels, cancellation);
        if (options.Strict && masks is { WithoutPicture: [var lone, ..] })
        {
            throw new InputException(
                $"{options.Masks}: {masks.WithoutPicture.Count} {(masks.WithoutPicture.Count == 1 ? "file belongs" : "files belong")} to no "
                    + $"picture, first '{lone}' (strict)");
        }

        var cutter = masks is null ? null : new MaskCutter(masks, options.Size, options.MaxPixels);
        var items = folder.Items(files, new PhotographLoader(options.Size, options.MaxPixels, Framings.Get(options.FramingInUse), options.IsFundus, cutter));
        AppliedFilter[] conditions = options.Where.Count == 0 ? [] : [new("where", string.Join(" and ", options.Where), folder.Files.Count - files.Count)];
        return new PreparationInput("photographs", items, files.Count, table, conditions)
        {
            Listing = folder.Listing,
            Masks = masks,
            Names = options.PatientPattern is { } pattern ? new FileNamePersons(pattern, files) : null,
        };
    }

    private static PreparationReport Run(PrepareOptions options, PreparationInput input, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var threads = ThreadsOf(options);
        var apart = ApartFilter.Open(options, threads, cancellation);
        using var writer = new DatasetWriter(options.Output, options.Size, options.Force, input.Masks?.Names);
        var masks = input.Masks is null ? null : new MaskRemarks(options.Masks!, options.Strict);
        var collector = new ImageCollector(writer, input.Table, input.Names, options.Strict, masks, new ProgressMeter(progress, "prepare", input.Total));
        OrderedPipeline.Run(input.Items, threads, item => apart.Describe(item.Load()), collector.Add, cancellation);
        if (writer.Count == 0)
        {
            throw new InputException(
                $"{options.Source}: none of {input.Total} files gave an image; the first: {collector.Skipped[0].File}: {collector.Skipped[0].Reason}");
        }

        var (nearDuplicates, separated) = apart.Apply(collector, NearDuplicateFinder.Find(collector.Hashes, threads, cancellation), threads, cancellation);
        var assignment = SplitAssignment.Make(writer.Entries, collector.Patients, collector.GivenSplits, nearDuplicates, options.ValFraction);
        var classes = ClassNames.Collect(collector.Labels);
        EnterSplitsAndLabels(writer, assignment, collector, classes);
        var summary = new DatasetSummary
        {
            Source = input.Kind,
            IsFundus = options.IsFundus,
            Framing = options.FramingInUse,
            ClassNames = classes,
            Settings = PreparationSettings.Describe(options),
            Skipped = collector.Skipped,
            Duplicates = collector.Duplicates,
            Warnings = [.. PreparationWarnings.Lines(options, input, collector, assignment, nearDuplicates, apart),
                .. masks?.Warnings(input.Masks!.WithoutPicture) ?? []],
            Filters = [.. input.Conditions, .. separated],
            PassedOver = input.Listing?.Summary ?? [],
        };
        writer.Complete(summary);
        return Report(options, writer, summary, assignment.Groups.TiedByLooks, clock.Elapsed) with
        {
            Repaired = collector.Pixels.Repaired,
            Columns = input.Table?.Columns ?? [],
            RowsWithoutFile = input.Table?.Unmatched.Count ?? 0,
            MaskNames = input.Masks?.Names ?? [],
            WithMasks = masks?.Count ?? 0,
        };
    }

    private static int ThreadsOf(PrepareOptions options) => Workers.Count(options.Threads);

    private static void EnterSplitsAndLabels(DatasetWriter writer, SplitAssignment assignment, ImageCollector collector, IReadOnlyList<string> classes)
    {
        var numbers = classes.Select((name, number) => (name, number)).ToDictionary(c => c.name, c => c.number, StringComparer.Ordinal);
        var patients = collector.Patients.ToLookup(known => known.Index, known => known.Patient);
        writer.UpdateEntries(entry => entry with
        {
            Split = assignment.Splits[entry.Index],
            Label = string.IsNullOrEmpty(collector.Labels[entry.Index]) ? null : numbers[collector.Labels[entry.Index]!],
            // Not known of the file itself, it may be known of a copy.
            Patient = patients[entry.Index].FirstOrDefault(""),
        });
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
            DiscCounts = DiscKindNames.Count(writer.Entries.Select(entry => entry.Disc)),
            Skipped = summary.Skipped,
            Duplicates = summary.Duplicates,
            Filters = summary.Filters,
            Warnings = summary.Warnings,
            PassedOver = summary.PassedOver,
            WithoutLabel = summary.ClassNames.Count == 0 ? 0 : writer.Entries.Count(e => e.Label is null),
            NearDuplicates = nearDuplicates,
            ContentHash = dataset.ContentHash,
            Elapsed = elapsed,
        };
    }
}
