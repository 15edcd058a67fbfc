using System.Diagnostics;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Core.Progress;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Cli;

/// <summary>The embedded default: phantoms, a quantum pair trained on them, samples, one sheet of pictures.</summary>
internal sealed class DemoRun(string output, int count, IReadOnlyList<string> overrides)
{
    private const int Columns = 8;
    private const int SampleRows = 3;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private string DatasetFolder => Path.Combine(output, "phantoms");

    private string RunPath => Path.Combine(output, "run");

    private string SheetPath => Path.Combine(output, "demo.png");

    internal void Execute(bool force, bool resume, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        var config = ShippedConfigs.Read("demo", overrides);
        if (!resume) Clear(force);
        if (!File.Exists(Path.Combine(DatasetFolder, DatasetFiles.Description)))
            PhantomDataset.Write(new PhantomOptions { Folder = DatasetFolder, Count = count, Size = config.Size, Seed = (ulong)config.Seed, Force = resume }, progress, cancellation);
        var request = new TrainingRequest { Dataset = DatasetFolder, Output = RunPath, Resume = resume };
        new TrainingRun(config, request) { Announce = Console.Error.WriteLine }.Execute(progress, cancellation);
        Draw(config, progress, cancellation);
    }

    private void Clear(bool force)
    {
        OutputFolder.Prepare(output, force, "pass --resume to continue the demo, --force to start it over, or choose another folder");
        if (force && Directory.Exists(RunPath)) Directory.Delete(RunPath, recursive: true);
        if (force && Directory.Exists(DatasetFolder)) Directory.Delete(DatasetFolder, recursive: true);
    }

    private void Draw(RunConfig config, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var dataset = ImageDataset.Open(DatasetFolder);
        using var folder = RunFolder.Open(RunPath);
        var (autoencoder, facts) = AutoencoderFile.Load(folder.Autoencoder, config);
        var (denoiser, _) = DenoiserFile.Load(folder.Denoiser, config);
        var held = dataset.IndicesOf(Split.Val);
        if (held.Count == 0) throw new InputException($"--count {count}: too few phantoms to hold any out; allowed: 4 and more");
        var originals = ImageTensors.FromDataset(dataset, [.. Enumerable.Range(0, Columns).Select(i => held[i % held.Count])]);
        var sampler = new LatentSampler(config, denoiser, new LatentDecoder(autoencoder, facts.LatentScale));
        var samples = sampler.Sample(new SampleRequest { Count = SampleRows * Columns, Seed = config.Seed, Batch = Columns, Progress = progress }, cancellation);
        List<byte[]> pictures = [.. ImageTensors.ToPixels(originals), .. ImageTensors.ToPixels(autoencoder.call(originals)), .. samples];
        ImageGrid.Write(SheetPath, pictures, config.Size, config.Size, Columns);
        DemoSummary.Print(SheetPath, RunPath, ReconstructionQuality.Measure(autoencoder, dataset, cancellation), autoencoder, denoiser, _clock.Elapsed);
        autoencoder.Dispose();
        denoiser.Dispose();
    }
}
