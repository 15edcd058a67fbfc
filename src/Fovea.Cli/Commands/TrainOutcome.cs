using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Reports;
using Fovea.Training.Runs;

namespace Fovea.Cli.Commands;

/// <summary>The closing words of a training: its figures, its pictures and the command to give next.</summary>
internal sealed record TrainOutcome(RunConfig Config, TrainingRequest Request, RunSummary Summary, string? Page)
{
    internal static TrainOutcome Of(RunConfig config, TrainingRequest request)
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
        var again = $"fovea train {CommandLine.Word(Path.Combine(Request.Output, "config.toml"))} --data {CommandLine.Word(Request.Dataset)} --out {CommandLine.Word(Request.Output)} --resume";
        if (Request.Stage == TrainingStage.Autoencoder)
        {
            yield return $"next: {again}";
            yield break;
        }

        yield return $"next: fovea sample {CommandLine.Word(Request.Output)} --count 64 --out {CommandLine.Word(Request.Output.TrimEnd('/', '\\') + "-samples")}";
        if (Config.DenoiserTraining.Convergence == 0) yield return $"longer: {again} --set denoiser.training.steps={2L * Summary.Stages[^1].Planned}";
    }
}
