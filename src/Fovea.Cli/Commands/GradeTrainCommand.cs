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
        var defaults = new GraderRequest { Dataset = "", Output = "" }.Options;
        var data = CommonOptions.NotEmpty(new Argument<string>("dataset") { Description = "A prepared dataset whose classes are good, usable, reject (or bad).", HelpName = "DATASET" });
        var output = CommonOptions.Out("Checkpoints, the grader's weights and its confusion.");
        var training = new JudgeTrainingOptions(defaults);
        var command = new Command("train", "Train a grader on photographs with quality labels, and test it on the held-out ones.") { data, output };
        training.AddTo(command);
        command.SetAction(parsed => Guarded.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var request = new GraderRequest
                {
                    Dataset = parsed.GetValue(data)!,
                    Output = parsed.GetValue(output)!,
                    Resume = training.Resume(parsed),
                    Options = training.Options(parsed),
                    Progress = work.Progress,
                };
                TorchRuntime.Initialize(training.Threads(parsed));
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
