using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Evaluation.Reports;
using Fovea.Judges.Features;
using Fovea.Judges.Grading;
using Fovea.Judges.Provenance;
using Fovea.Judges.Training;
using Fovea.Torch.Runtime;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea grade IMAGES…|DIR [--grader FILE|NAME]</c> and <c>fovea grade train</c></summary>
internal static class GradeCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("images") { Description = "Pictures, or folders of pictures.", HelpName = "IMAGES|DIR" };
        var weights = CommonOptions.NotEmpty(new Option<string?>("--grader")
        {
            Description = "The weights of a trained grader (grader.safetensors), an ONNX file, or one that comes with the program: "
                + $"{string.Join(", ", ShippedJudges.Graders)}; default: of those the one of each picture's size.",
            HelpName = "FILE|NAME",
        }).Suggest(() => ShippedJudges.Graders);
        var output = CommonOptions.NotEmpty(
            new Option<string?>("--out") { Description = "Write the verdicts into this table instead of printing them.", HelpName = "FILE.csv" });
        var force = new Option<bool>("--force") { Description = "Replace the table." };
        var (threads, device, json) = (CommonOptions.Threads(), CommonOptions.Device(), CommonOptions.Json());
        var command = new Command("grade", "Judge whether pictures of a retina can be read: good, usable, reject.")
        {
            paths, weights, output, force, threads, device, json, GradeTrainCommand.Create(),
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing was written",
            work =>
            {
                var given = parsed.GetValue(paths)!;
                if (given.Length == 0 || given.Any(path => path.Length == 0)) throw new InputException("IMAGES|DIR is missing (see fovea grade --help)");
                OutputFile.Require(parsed.GetValue(output), parsed.GetValue(force), given);
                var compute = ComputeContext.Start(parsed.GetValue(threads), parsed.GetValue(device) ?? ComputeDevices.Automatic);
                var graded = Grade(parsed.GetValue(weights) is { } name ? [name] : ShippedJudges.Graders, given, compute, work);
                if (parsed.GetValue(output) is { } table) AtomicFile.WriteText(table, graded.ToCsv());
                return graded;
            },
            graded => Print(graded, parsed.GetValue(output), parsed.GetValue(json))));
        return command;
    }

    private static GradedSet Grade(IReadOnlyList<string> names, string[] paths, ComputeContext compute, Work work)
    {
        var judges = new List<NamedGrader>();
        try
        {
            foreach (var name in names) judges.Add(NamedGrader.Open(name, side: 0, compute.Threads, compute));
            return GradedSet.Grade([.. judges.Select(judge => (judge.Name, judge.Grader))], paths, compute.Threads, work.Progress, work.Cancellation);
        }
        finally
        {
            judges.ForEach(judge => judge.Dispose());
        }
    }

    private static void Print(GradedSet graded, string? table, bool asJson)
    {
        foreach (var line in graded.PassedOver) Console.Error.WriteLine(line);
        foreach (var image in graded.Images.Where(image => image.Repair is not null))
            Console.Error.WriteLine($"warning: {image.File}: damaged, a part of the picture is made up by the decoder ({image.Repair})");
        if (asJson) Console.WriteLine(GradedJson.Text(graded));
        else if (table is null) Console.Write(graded.ToCsv());
        var skipped = graded.Images.Count - graded.Graded;
        var share = graded.Graded == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $", {graded.Gradable} gradable: {100.0 * graded.Gradable / graded.Graded:F1} % (95 % interval {100 * graded.GradableShare.Low:F1} to "
                + $"{100 * graded.GradableShare.High:F1})");
        var graders = graded.ByGrader.Count == 1
            ? $", by {graded.ByGrader[0].Grader}"
            : string.Concat(graded.ByGrader.Select(part => $", {part.Graded} by {part.Grader}"));
        Console.Error.WriteLine($"{graded.Graded} graded{share}{graders}{(skipped > 0 ? $"; {skipped} skipped" : "")}{(table is null ? "" : $": {table}")}");
    }
}

/// <summary><c>fovea grade train DATASET --out DIR</c></summary>
internal static class GradeTrainCommand
{
    internal static Command Create()
    {
        var defaults = new GraderRequest { Dataset = "", Output = "" }.Options;
        var data = CommonOptions.NotEmpty(
            new Argument<string>("dataset") { Description = "A prepared dataset whose classes are good, usable, reject (or bad).", HelpName = "DATASET" });
        var output = CommonOptions.Out("Checkpoints, the grader's weights and its confusion.");
        var training = new JudgeTrainingOptions(defaults);
        var command = new Command("train", "Train a grader on photographs with quality labels, and test it on the held-out ones.") { data, output };
        training.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var request = new GraderRequest
                {
                    Dataset = parsed.GetValue(data)!,
                    Output = parsed.GetValue(output)!,
                    Resume = training.Resume(parsed),
                    Options = training.Options(parsed),
                    Compute = training.Start(parsed),
                    Progress = work.Progress,
                };
                return GraderTraining.Run(request, work.Cancellation);
            },
            Print));
        return command;
    }

    private static void Print(GraderConfusion confusion)
    {
        var table = new Table().AddColumns("label", "graded good", "usable", "reject");
        foreach (var (grade, row) in Enum.GetValues<QualityGrade>().Zip(confusion.Counts))
            table.AddRow([grade.ToString().ToLowerInvariant(), .. row.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{confusion.Total} held-out images: {confusion.Refused} readable ones refused, {confusion.Passed} unreadable ones passed, binary error "
                + $"{confusion.BinaryError:P1}, exact grades {confusion.Accuracy:P1}"));
    }
}
