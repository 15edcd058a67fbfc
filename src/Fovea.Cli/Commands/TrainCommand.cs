using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Training;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea train CONFIG --data DATASET --out RUN</c></summary>
internal static class TrainCommand
{
    internal static Command Create()
    {
        var config = new Argument<string>("config") { Description = $"A TOML file, or the name of a shipped configuration ({string.Join(", ", ShippedConfigs.Names)}).", HelpName = "CONFIG" };
        var data = new Option<string>("--data") { Description = "A prepared dataset.", Required = true, HelpName = "DATASET" };
        var output = CommonOptions.Out("The run's folder.");
        var set = new Option<string[]>("--set") { Description = "Override a setting: section.key=value. May be given again.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        var resume = new Option<bool>("--resume") { Description = "Continue the run in the folder where its last checkpoint left it." };
        var stage = new Option<TrainingStage?>("--stage") { Description = "Train one stage only." };
        var autoencoder = new Option<string?>("--autoencoder") { Description = "Use the trained autoencoder of another run.", HelpName = "RUN" };
        var command = new Command("train", "Train an autoencoder and a denoiser on a prepared dataset.") { config, data, output, set, resume, stage, autoencoder };
        command.SetAction(parsed => Guarded.Run((progress, cancellation) =>
        {
            var request = new TrainingRequest
            {
                Dataset = parsed.GetValue(data)!,
                Output = parsed.GetValue(output)!,
                Resume = parsed.GetValue(resume),
                Stage = parsed.GetValue(stage),
                Autoencoder = parsed.GetValue(autoencoder),
            };
            var run = new TrainingRun(ShippedConfigs.Read(parsed.GetValue(config)!, parsed.GetValue(set)!), request) { Announce = Console.Error.WriteLine };
            run.Execute(progress, cancellation);
            Console.WriteLine($"trained: {request.Output}");
        }));
        return command;
    }
}
