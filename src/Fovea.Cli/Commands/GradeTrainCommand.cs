using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Judging.Grading;
using Fovea.Judging.Training;
using Fovea.Torch.Runtime;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea grade train DATASET --out DIR</c></summary>
internal static class GradeTrainCommand
{
    internal static Command Create()
    {
        var defaults = new GraderOptions();
        var data = CommonOptions.NotEmpty(new Argument<string>("dataset") { Description = "A prepared dataset whose classes are good, usable, reject (or bad).", HelpName = "DATASET" });
        var output = CommonOptions.Out("Checkpoints, the grader's weights and its confusion.");
        var steps = new Option<int>("--steps") { Description = "Optimizer steps.", DefaultValueFactory = _ => defaults.Steps };
        var batch = new Option<int>("--batch") { Description = "Images a step.", DefaultValueFactory = _ => defaults.Batch };
        var seed = CommonOptions.Seed();
        var threads = new Option<int>("--threads") { Description = "Threads; 0 for all cores.", DefaultValueFactory = _ => 0 };
        var resume = new Option<bool>("--resume") { Description = "Continue where the last checkpoint left it." };
        var command = new Command("train", "Train a grader on photographs with quality labels, and test it on the held-out ones.") { data, output, steps, batch, seed, threads, resume };
        command.SetAction(parsed => Guarded.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var request = new GraderRequest
                {
                    Dataset = parsed.GetValue(data)!,
                    Output = parsed.GetValue(output)!,
                    Resume = parsed.GetValue(resume),
                    Options = new()
                    {
                        Steps = TrainingLimits.Steps(parsed.GetValue(steps)),
                        Batch = TrainingLimits.Batch(parsed.GetValue(batch)),
                        Seed = parsed.GetValue(seed),
                    },
                    Progress = work.Progress,
                };
                TorchRuntime.Initialize(parsed.GetValue(threads));
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
            $"{confusion.Total} held-out images: {confusion.Refused} readable ones refused, {confusion.Passed} unreadable ones passed, binary error {confusion.BinaryError:P1}, exact grades {confusion.Accuracy:P1}"));
    }
}
