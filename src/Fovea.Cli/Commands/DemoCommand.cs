using System.CommandLine;
using System.Diagnostics;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Models;
using Fovea.Torch.Runtime;
using Fovea.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Spectre.Console;
using static TorchSharp.torch;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea demo</c></summary>
internal static class DemoCommand
{
    internal static Command Create()
    {
        var output = CommonOptions.Out("Where the demo's files go.", "fovea-demo");
        var set = CommonOptions.Set();
        var count = new Option<int>("--count") { Description = "Phantoms to train on.", DefaultValueFactory = _ => 2000 };
        var force = CommonOptions.Force();
        var resume = new Option<bool>("--resume") { Description = "Continue an interrupted demo." };
        var command = new Command(
            "demo", "Draw phantoms, train a quantum autoencoder and a quantum denoiser on them, and sample: some minutes, no data needed.")
        {
            output, count, set, force, resume,
        };
        command.SetAction(parsed => CommandRun.Run(
            "what was finished is kept, --resume continues",
            work =>
            {
                var demo = new DemoRun(parsed.GetValue(output)!, parsed.GetValue(count), parsed.GetValue(set)!);
                return demo.Execute(parsed.GetValue(force), parsed.GetValue(resume), work);
            },
            summary => summary.Print()));
        return command;
    }
}

/// <summary>The embedded default: phantoms, a quantum pair trained on them, samples, one sheet of pictures.</summary>
internal sealed class DemoRun(string output, int count, IReadOnlyList<string> overrides)
{
    private const int Columns = 8;
    private const int SampleRows = 3;
    private const int LeastCount = 4;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private string DatasetFolder => Path.Combine(output, "phantoms");

    private string RunPath => Path.Combine(output, "run");

    private string SheetPath => Path.Combine(output, "demo.png");

    internal DemoSummary Execute(bool force, bool resume, Work work)
    {
        var config = ShippedConfigs.Read("demo", overrides);
        var phantoms = new PhantomOptions { Folder = DatasetFolder, Count = count, Size = config.Size, Seed = (ulong)config.Seed, Force = resume };
        // Before anything is cleared or written.
        phantoms.Validate();
        if (count < LeastCount) throw new InputException($"--count {count} is too few to hold any out; allowed: {LeastCount} to {PhantomOptions.LargestCount}");
        if (!resume) Clear(force);
        if (!File.Exists(Path.Combine(DatasetFolder, DatasetFiles.Description))) PhantomDataset.Write(phantoms, work.Progress, work.Cancellation);
        var request = new TrainingRequest { Dataset = DatasetFolder, Output = RunPath, Resume = resume, Report = true };
        var compute = RunFolder.StartCompute(RunPath, config, resume);
        new TrainingRun(config, request) { Announce = work.Announce, Compute = compute }.Execute(work.Progress, work.Cancellation);
        return Draw(config, compute, work);
    }

    private void Clear(bool force)
    {
        OutputFolder.Prepare(output, force, $"pass --resume to continue the demo, --force to start it over, or choose another folder");
        if (force && Directory.Exists(RunPath)) Directory.Delete(RunPath, recursive: true);
        if (force && Directory.Exists(DatasetFolder)) Directory.Delete(DatasetFolder, recursive: true);
    }

    private DemoSummary Draw(RunConfig config, ComputeContext compute, Work work)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var dataset = ImageDataset.Open(DatasetFolder);
        using var folder = RunFolder.Open(RunPath);
        using var model = TrainedModel.Load(folder, config, compute);
        var (autoencoder, denoiser) = (model.Autoencoder, model.Denoiser);
        var held = dataset.IndicesOf(Split.Val);
        var originals = ImageTensors.FromDataset(dataset, [.. Enumerable.Range(0, Columns).Select(i => held[i % held.Count])], device: compute.Device);
        var samples = model.Sampler.Sample(
            new SampleRequest { Count = SampleRows * Columns, Seed = config.Seed, Batch = Columns, Progress = work.Progress }, work.Cancellation);
        List<byte[]> pictures = [.. ImageTensors.ToPixels(originals), .. ImageTensors.ToPixels(autoencoder.call(originals)), .. samples];
        ImageGrid.Write(SheetPath, pictures, config.Size, config.Size, Columns);
        return new DemoSummary(
            SheetPath, RunPath,
            ReconstructionQuality.Measure(autoencoder, dataset, work.Cancellation),
            ParameterReport.Count(autoencoder), ParameterReport.Count(denoiser), _clock.Elapsed);
    }
}

/// <summary>The demo's closing words.</summary>
internal sealed record DemoSummary(
    string Sheet, string Run, ReconstructionQuality Quality, ParameterReport Autoencoder, ParameterReport Denoiser, TimeSpan Elapsed)
{
    internal void Print()
    {
        var table = new Table().AddColumns("network", "parameters", "circuit weights", "quantum layers");
        Add(table, "autoencoder", Autoencoder);
        Add(table, "denoiser", Denoiser);
        AnsiConsole.Write(table);
        Console.WriteLine(Quality);
        Console.WriteLine($"{Sheet}: row 1 phantoms, row 2 their reconstructions, the rest samples");
        Console.WriteLine($"done in {Elapsed.TotalMinutes:F1} minutes; more images: fovea sample {Run} --count 64 --out more");
    }

    private static void Add(Table table, string name, ParameterReport size) =>
        table.AddRow(name, $"{size.Total:N0}", $"{size.Quantum:N0}", $"{size.QuantumLayers}");
}
