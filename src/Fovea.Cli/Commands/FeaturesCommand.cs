using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Judges.Features.Fundus;
using Fovea.Judges.Training;
using Fovea.Metrics.Statistics;
using Fovea.Torch.Runtime;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea features</c></summary>
internal static class FeaturesCommand
{
    internal static Command Create() =>
        new("features", "Networks that turn pictures into numbers, for distances between sets of pictures.") { FeaturesTrainCommand.Create() };
}

/// <summary><c>fovea features train DATASET --labels TABLE.csv --out DIR</c></summary>
internal static class FeaturesTrainCommand
{
    internal static Command Create()
    {
        var defaults = new FundusRequest { Dataset = "", Labels = "", Output = "" }.Options;
        var data = CommonOptions.NotEmpty(new Argument<string>("dataset") { Description = "A prepared dataset.", HelpName = "DATASET" });
        var labels = CommonOptions.NotEmpty(new Option<string>("--labels")
        {
            Description = "A table with a column file and some of quality, dr_grade, eye, keywords.",
            HelpName = "TABLE.csv",
            Required = true,
        });
        var output = CommonOptions.Out("Checkpoints, FundusNet's weights and its accuracy.");
        var training = new JudgeTrainingOptions(defaults);
        var command = new Command("train", "Train FundusNet on photographs with labels, and test it on the held-out ones.") { data, labels, output };
        training.AddTo(command);
        command.SetAction(parsed => CommandRun.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var request = new FundusRequest
                {
                    Dataset = parsed.GetValue(data)!,
                    Labels = parsed.GetValue(labels)!,
                    Output = parsed.GetValue(output)!,
                    Resume = training.Resume(parsed),
                    Options = training.Options(parsed),
                    Compute = training.Start(parsed),
                    Announce = work.Announce,
                    Progress = work.Progress,
                };
                return FundusTraining.Run(request, work.Cancellation);
            },
            Print));
        return command;
    }

    private static void Print(FundusAccuracy accuracy)
    {
        var table = new Table().AddColumns("task", "class", "images", "held out: recall or AUROC", "95 % interval");
        foreach (var task in accuracy.Tasks)
        {
            table.AddRow(Markup.Escape(task.Task), task.Figure, WholeNumber(task.Images), Share(task.Value), Range(task.Interval));
            foreach (var part in task.Classes) table.AddRow("", Markup.Escape(part.Name), WholeNumber(part.Images), Share(part.Value), Range(part.Interval));
        }

        AnsiConsole.Write(table);
    }

    private static string WholeNumber(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Range(Interval interval) => $"{Share(interval.Low)} to {Share(interval.High)}";
}

/// <summary>What the trainings of judges have in common.</summary>
/// <param name="defaults">What holds where nothing is given.</param>
internal sealed class JudgeTrainingOptions(JudgeOptions defaults)
{
    private readonly Option<int> _steps = CommonOptions.WholeNumber("--steps", "Optimizer steps.", defaults.Steps, 1, 1_000_000);
    private readonly Option<int> _batch = CommonOptions.WholeNumber("--batch", "Images a step.", defaults.Batch, 1, 4096);
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<string?> _device = CommonOptions.Device();
    private readonly Option<bool> _resume = new("--resume") { Description = "Continue where the last checkpoint left it." };

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _steps, _batch, _seed, _threads, _device, _resume }) command.Options.Add(option);
    }

    internal JudgeOptions Options(ParseResult parsed) => defaults with
    {
        Steps = parsed.GetValue(_steps),
        Batch = parsed.GetValue(_batch),
        Seed = parsed.GetValue(_seed),
    };

    internal ComputeContext Start(ParseResult parsed) => ComputeContext.Start(parsed.GetValue(_threads), parsed.GetValue(_device) ?? ComputeDevices.Automatic);

    internal bool Resume(ParseResult parsed) => parsed.GetValue(_resume);
}
