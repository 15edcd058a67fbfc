using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Reports;
using Fovea.Training.Runs;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea train CONFIG --data DATASET --out RUN</c></summary>
internal static class TrainCommand
{
    private static readonly Dictionary<string, TrainingStage?> Stages =
        new() { [StageNames.Autoencoder] = TrainingStage.Autoencoder, [StageNames.Denoiser] = TrainingStage.Denoiser };

    internal static Command Create()
    {
        var config = CommonOptions.NotEmpty(new Argument<string>("config")
        {
            Description = $"A TOML file, or the name of a shipped configuration ({string.Join(", ", ShippedConfigs.Names)}).",
            HelpName = "CONFIG",
        }).Suggest(() => ShippedConfigs.Names);
        var data = CommonOptions.NotEmpty(new Option<string>("--data") { Description = "A prepared dataset.", Required = true, HelpName = "DATASET" });
        var output = CommonOptions.Out("The run's folder.");
        var set = CommonOptions.Set();
        var resume = new Option<bool>("--resume")
        {
            Description = "Continue the run in the folder where its last checkpoint left it; with more steps it trains longer.",
        };
        var stage = CommonOptions.Choice("--stage", "Train one stage only", Stages);
        var autoencoder = CommonOptions.NotEmpty(new Option<string?>("--autoencoder")
        {
            Description = "Use the trained autoencoder of another run, or of pretrained:NAME.",
            HelpName = "RUN",
        }).Suggest(CommonOptions.PretrainedRuns);
        var init = CommonOptions.NotEmpty(new Option<string?>("--init")
        {
            Description = "Begin with the averaged weights of another run, or of pretrained:NAME, whose networks have the same build.",
            HelpName = "RUN",
        }).Suggest(CommonOptions.PretrainedRuns);
        var device = CommonOptions.Device("what the configuration names, or what a resumed run used");
        var command = new Command("train", "Train an autoencoder and a denoiser on a prepared dataset.")
        {
            config, data, output, set, resume, stage, autoencoder, init, device,
        };
        command.SetAction(parsed => CommandRun.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var request = new TrainingRequest
                {
                    Dataset = parsed.GetValue(data)!,
                    Output = parsed.GetValue(output)!,
                    Resume = parsed.GetValue(resume),
                    Stage = parsed.GetValue(stage),
                    Autoencoder = parsed.GetValue(autoencoder),
                    Init = parsed.GetValue(init),
                    Report = true,
                };
                var settings = ShippedConfigs.Read(parsed.GetValue(config)!, parsed.GetValue(set)!);
                if (parsed.GetValue(device) is { } name) settings = settings.WithDevice(name);
                var compute = RunFolder.StartCompute(request.Output, settings, request.Resume);
                new TrainingRun(settings, request) { Announce = work.Announce, Compute = compute }.Execute(work.Progress, work.Cancellation);
                return TrainOutcome.Read(settings, request);
            },
            outcome => outcome.Print()));
        return command;
    }
}

/// <summary>The closing words of a training: its figures, its pictures and the command to give next.</summary>
internal sealed record TrainOutcome(RunConfig Config, TrainingRequest Request, RunSummary Summary, string? Page)
{
    internal static TrainOutcome Read(RunConfig config, TrainingRequest request)
    {
        using var folder = RunFolder.Open(request.Output);
        using var dataset = ImageDataset.Open(request.Dataset);
        var summary = RunSummary.Read(folder, config, RunSize.Measure(config, dataset));
        return new TrainOutcome(config, request, summary, File.Exists(folder.Report) ? folder.Report : null);
    }

    internal void Print()
    {
        Console.WriteLine($"trained: {Request.Output}");
        foreach (var line in Summary.Lines()) Console.WriteLine(line);
        if (Summary.Reconstruction is { } quality) Console.WriteLine(quality);
        if (Summary.Samples.Count > 0) Console.WriteLine($"generated images: {Summary.Samples[^1]}");
        if (Summary.Reconstructions.Count > 0) Console.WriteLine($"reconstructions: {Summary.Reconstructions[^1]}");
        if (Page is not null) Console.WriteLine($"page: {Page}");
        foreach (var line in Next()) Console.WriteLine(line);
    }

    private IEnumerable<string> Next()
    {
        var again = $"fovea train {CommandLine.Word(Path.Combine(Request.Output, RunFiles.Config))} "
            + $"--data {CommandLine.Word(Request.Dataset)} --out {CommandLine.Word(Request.Output)} --resume";
        if (Request.Stage == TrainingStage.Autoencoder)
        {
            yield return $"next: {again}";
            yield break;
        }

        yield return $"next: fovea sample {CommandLine.Word(Request.Output)} --count 64 "
            + $"--out {CommandLine.Word(Request.Output.TrimEnd('/', '\\') + "-samples")}";
        var stage = Config.AutoencoderTraining.DecoderOnly ? StageNames.Autoencoder : StageNames.Denoiser;
        if (Config.DenoiserTraining.Convergence == 0) yield return $"longer: {again} --set {stage}.training.steps={2L * Summary.Stages[^1].Planned}";
    }
}
