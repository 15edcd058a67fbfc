using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Preparation;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea prepare SOURCE --out DATASET</c></summary>
internal static class PrepareCommand
{
    private const int MostSkippedShown = 20;

    private static readonly Dictionary<string, AcceptedPictures?> s_accepted = new() { ["fundus"] = AcceptedPictures.Fundus, ["any"] = AcceptedPictures.Any };

    private static readonly Dictionary<string, FramingKind?> s_framings = Framings.ByName.ToDictionary(
        framing => framing.Key, framing => (FramingKind?)framing.Value);

    internal static Command Create()
    {
        var source = CommonOptions.NotEmpty(
            new Argument<string>("source") { Description = "A folder of pictures (with its subfolders), or a MedMNIST .npz file.", HelpName = "SOURCE" });
        var output = CommonOptions.Out("The dataset's folder.");
        var size = new Option<int>("--size") { Description = "Side of the images: 16, 32, 64, 128, 256 or 512.", DefaultValueFactory = _ => 64 };
        var accept = CommonOptions.Choice<AcceptedPictures?>(
            "--accept", "Pictures to take, fundus photographs or any; default: what the framing is for", s_accepted);
        var framing = CommonOptions.Choice(
            "--framing", "The square that becomes an image, around the disc of a fundus photograph, the largest object, or the whole picture", s_framings);
        var masks = CommonOptions.NotEmpty(
            new Option<string?>("--masks")
            {
                Description = "A folder with a mask of each picture by the same name, or with a folder of such for each class.",
                HelpName = "DIR",
            });
        var labels = CommonOptions.NotEmpty(new Option<string?>("--labels") { Description = "A CSV table with a row a photograph.", HelpName = "FILE.csv" });
        var file = new Option<string?>("--file-column") { Description = "The column that names the photograph (path, name or stem)." };
        var label = new Option<string?>("--label-column") { Description = "The column with the class; none for no column." };
        var patient = new Option<string?>("--patient-column") { Description = "The column with the patient; none for no column." };
        var pattern = new Option<string?>("--patient-pattern")
        {
            Description = "Find the patient in the file's name: a regular expression with a group, as '^(.+)_(left|right)$'.",
            HelpName = "REGEX",
        };
        var split = new Option<string?>("--split-column") { Description = "The column with train, val or test; none for no column." };
        var fraction = new Option<double>("--val-fraction") { Description = "Share held out where no column says it.", DefaultValueFactory = _ => 0.1 };
        var strict = new Option<bool>("--strict")
        {
            Description = "What is wrong with a file is an error: no image in it, damage, a type that is not read, "
                + "copies that the table tells apart.",
        };
        var force = CommonOptions.Force();
        var pixels = new Option<long?>("--max-pixels") { Description = "Refuse photographs with more pixels than this." };
        var threads = CommonOptions.Threads("Photographs worked on at once");
        var command = new Command("prepare", "Turn pictures into a dataset: find the square, crop, resize, split.")
        {
            source, output, size, accept, framing, masks, labels, file, label, patient, pattern, split, fraction, strict, force, pixels, threads,
        };
        var filters = new PhotographFilterOptions();
        filters.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "no dataset was written",
            work =>
            {
                var options = new PrepareOptions
                {
                    Source = parsed.GetValue(source)!,
                    Output = parsed.GetValue(output)!,
                    Size = parsed.GetValue(size),
                    Accept = parsed.GetValue(accept),
                    Framing = parsed.GetValue(framing),
                    Masks = parsed.GetValue(masks),
                    Labels = parsed.GetValue(labels),
                    FileColumn = parsed.GetValue(file),
                    LabelColumn = parsed.GetValue(label),
                    PatientColumn = parsed.GetValue(patient),
                    PatientPattern = parsed.GetValue(pattern),
                    SplitColumn = parsed.GetValue(split),
                    ValFraction = parsed.GetValue(fraction),
                    Strict = parsed.GetValue(strict),
                    Force = parsed.GetValue(force),
                    Threads = parsed.GetValue(threads),
                };
                if (parsed.GetValue(pixels) is { } most) options = options with { MaxPixels = most };
                return DatasetPreparation.Run(filters.Apply(options, parsed), work.Progress, work.Cancellation);
            },
            Print));
        return command;
    }

    private static void Print(PreparationReport report)
    {
        foreach (var skipped in report.Skipped.Take(MostSkippedShown)) Console.WriteLine($"skipped {skipped.File}: {skipped.Reason}");
        if (report.Skipped.Count > MostSkippedShown) Console.WriteLine($"… and {report.Skipped.Count - MostSkippedShown} more, listed in dataset.json");
        foreach (var column in report.Columns) Console.WriteLine(column);
        foreach (var warning in report.Warnings.Take(MostSkippedShown)) Console.WriteLine($"warning: {warning}");
        if (report.Warnings.Count > MostSkippedShown)
            Console.WriteLine($"… and {report.Warnings.Count - MostSkippedShown} more warnings, listed in dataset.json");
        var table = new Table().AddColumns("what", "images");
        foreach (var (split, count) in report.SplitCounts) table.AddRow($"split {split.ToString().ToLowerInvariant()}", $"{count}");
        for (var i = 0; i < report.ClassNames.Count; i++) table.AddRow(Markup.Escape($"class {report.ClassNames[i]}"), $"{report.ClassCounts[i]}");
        if (report.WithoutLabel > 0) table.AddRow("no class", $"{report.WithoutLabel}");
        if (report.RowsWithoutFile > 0) table.AddRow("rows of the table without a file", $"{report.RowsWithoutFile}");
        if (report.MaskNames.Count > 0) table.AddRow(Markup.Escape($"with masks ({string.Join(", ", report.MaskNames)})"), $"{report.WithMasks}");
        foreach (var (kind, count) in report.DiscCounts) table.AddRow($"disc {kind}", $"{count}");
        table.AddRow("skipped", $"{report.Skipped.Count}");
        foreach (var passed in report.PassedOver) table.AddRow(Markup.Escape($"not a picture: {passed.Reason}"), $"{passed.Count}");
        if (report.Repaired > 0) table.AddRow("damaged, repaired by the decoder", $"{report.Repaired}");
        table.AddRow("exact copies dropped", $"{report.Duplicates.Count}");
        foreach (var filter in report.Filters)
        {
            table.AddRow(
                Markup.Escape(
                    filter.ContentHash is null ? $"left out by --{filter.Option}" : $"left out by --{filter.Option} {filter.Value}"),
                $"{filter.LeftOut}");
        }

        table.AddRow("near copies kept together", $"{report.NearDuplicates}");
        AnsiConsole.Write(table);
        var rate = report.Count / Math.Max(1e-9, report.Elapsed.TotalSeconds);
        Console.WriteLine($"{report.Count} images of {report.Size} px in {report.Elapsed.TotalSeconds:F1} s ({rate:F0}/s): {report.Output}");
    }
}

/// <summary>The options of <c>fovea prepare</c> that leave photographs out.</summary>
internal sealed class PhotographFilterOptions
{
    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Take only photographs whose row in the label table meets this; VALUE may be empty or several with commas. May be given again.",
        HelpName = "COLUMN=VALUE|COLUMN!=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _apartFrom = CommonOptions.NotEmpty(new Option<string[]>("--apart-from")
    {
        Description = "Leave out what is in this dataset, looks like it, or is of its patients. May be given again.",
        HelpName = "DATASET",
        DefaultValueFactory = _ => [],
    });

    internal void AddTo(Command command)
    {
        command.Add(_where);
        command.Add(_apartFrom);
    }

    internal PrepareOptions Apply(PrepareOptions options, ParseResult parsed) => options with
    {
        Where = [.. parsed.GetValue(_where)!.Select(RowCondition.Parse)],
        ApartFrom = parsed.GetValue(_apartFrom)!,
    };
}
