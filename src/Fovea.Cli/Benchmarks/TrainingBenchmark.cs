using System.Diagnostics;
using System.Globalization;
using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Cli.Benchmarks;

/// <summary>
/// How fast a configuration trains here, and where the time goes: whole steps of both networks as the training makes them, on phantoms; the floating-point
/// operations of their convolutions, as a share of what this machine's convolutions reach alone; and each kind of layer by itself.
/// </summary>
internal sealed class TrainingBenchmark
{
    private const int Phantoms = 64;

    internal required RunConfig Config { get; init; }

    internal required IReadOnlyList<int> Threads { get; init; }

    internal required IReadOnlyList<Precision> Precisions { get; init; }

    /// <summary>Measures everything in about <paramref name="total"/>, beside a start of some seconds.</summary>
    internal IReadOnlyList<TrainingSpeed> Run(TimeSpan total, IProgress<ProgressUpdate> progress, CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("fovea-bench-");
        try
        {
            var data = Path.Combine(root.FullName, "phantoms");
            PhantomDataset.Write(new PhantomOptions { Folder = data, Count = Phantoms, Size = Config.Size, Seed = 1 }, null, cancellation);
            using var dataset = ImageDataset.Open(data);
            var speeds = new List<TrainingSpeed>();
            var all = Threads.Count * Precisions.Count * 2;
            foreach (var threads in Threads)
            {
                foreach (var precision in Precisions)
                {
                    var config = Config.WithPrecision(precision.Name()).WithDevice("cpu") with { Threads = threads };
                    foreach (var speed in Measure(config, dataset, Path.Combine(root.FullName, $"{threads}-{precision}"), total / all, cancellation))
                    {
                        speeds.Add(speed);
                        progress.Report(new ProgressUpdate("training", speeds.Count, all, "measurements"));
                    }
                }
            }

            return speeds;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static IEnumerable<TrainingSpeed> Measure(RunConfig config, ImageDataset dataset, string path, TimeSpan time, CancellationToken cancellation)
    {
        var compute = ComputeContext.Start(config.Threads, "cpu", config.Precision);
        using var folder = RunFolder.ForTraining(path, config, resume: false);
        using (var stage = new AutoencoderStage(config, dataset, folder, compute))
        {
            yield return Measure(stage, config, time, cancellation);
            stage.Export(stage.Steps);
        }

        var (autoencoder, metadata) = AutoencoderFile.Load(folder.Autoencoder, config);
        using var owned = autoencoder;
        using var latents = LatentCache.OpenOrCreate(folder.Latents, "benchmark", autoencoder, metadata.LatentScale, dataset, null, cancellation);
        // A few steps converge to nothing, and there are no held-out latents here to tell it by.
        var fixedSteps = config with { DenoiserTraining = config.DenoiserTraining with { Convergence = 0 } };
        using var denoiser = new DenoiserStage(fixedSteps, dataset, latents, new LatentCodec(autoencoder, metadata.LatentScale), folder, compute);
        yield return Measure(denoiser, config, time, cancellation);
    }

    private static TrainingSpeed Measure(ITrainingStage stage, RunConfig config, TimeSpan time, CancellationToken cancellation)
    {
        // The first step also sets up what later ones find ready.
        var at = 0;
        double Step() => Seconds(() => CollectionPause.Run(() => stage.Step(at++)));
        Step();
        var steps = new List<double>();
        for (var clock = Stopwatch.StartNew(); steps.Count < 3 || clock.Elapsed < time / 2; cancellation.ThrowIfCancellationRequested()) steps.Add(Step());
        steps.Sort();
        // A stage that cuts its batch leaves the caller one thread.
        var parts = BatchParts.Cut(stage.Batch, config.Threads);
        using var layers = new LayerTimes(stage.Network, () => Forward(stage.Network, config), parts, Torch.Runtime.Precisions.Parse(config.Precision));
        return layers.Measure(time / 2, cancellation) with
        {
            Network = stage.Name,
            Threads = config.Threads,
            Precision = config.Precision,
            Batch = stage.Batch,
            Step = steps[steps.Count / 2],
            PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
        };
    }

    private static void Forward(nn.Module network, RunConfig config)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        if (network is UNet denoiser) denoiser.call(zeros(1, config.Autoencoder.LatentChannels, config.LatentSize, config.LatentSize), zeros(1), null);
        else ((nn.Module<Tensor, Tensor>)network).call(zeros(1, 3, config.Size, config.Size));
    }

    internal static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

/// <summary>How fast a network trains.</summary>
internal sealed record TrainingSpeed
{
    internal static readonly string[] Columns =
    [
        "network", "threads", "precision", "batch", "step_ms", "images_per_s", "gflop_per_step", "gflop_per_s", "machine_gflop_per_s", "share",
        "convolutions_ms", "normalisation_ms", "attention_ms", "angle_layers_ms", "optimizer_ms", "rest_ms", "peak_mb",
    ];

    public string Network { get; init; } = "";

    public int Threads { get; init; }

    public string Precision { get; init; } = "";

    public int Batch { get; init; }

    /// <summary>Seconds of a step, the median.</summary>
    public double Step { get; init; }

    /// <summary>Floating-point operations (10⁹) of all convolutions in a step, forward and backward; a product with its sum counts as two.</summary>
    public required double Gigaflops { get; init; }

    /// <summary>What this machine's convolutions reach alone, 10⁹ operations a second on all threads: the fastest of the network's own, repeated.</summary>
    public required double MachineRate { get; init; }

    /// <summary>Seconds a step of each kind of layer, forward and backward, alone; and of the optimizer with the average.</summary>
    public required double Convolutions { get; init; }

    public required double Normalisation { get; init; }

    public required double Attention { get; init; }

    public required double AngleLayers { get; init; }

    public required double Optimizer { get; init; }

    /// <summary>The largest memory of the process so far, in megabytes.</summary>
    public double PeakMegabytes { get; init; }

    internal IReadOnlyList<string> Row()
    {
        var rest = Step - Convolutions - Normalisation - Attention - AngleLayers - Optimizer;
        string Milliseconds(double seconds) => (seconds * 1e3).ToString("F1", CultureInfo.InvariantCulture);
        string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        return
        [
            Network, Number(Threads, "F0"), Precision, Number(Batch, "F0"), Milliseconds(Step), Number(Batch / Step, "F1"), Number(Gigaflops, "F1"),
            Number(Gigaflops / Step, "F0"), Number(MachineRate, "F0"), Number(Gigaflops / Step / MachineRate, "F2"), Milliseconds(Convolutions),
            Milliseconds(Normalisation), Milliseconds(Attention), Milliseconds(AngleLayers),
            Milliseconds(Optimizer), Milliseconds(rest), Number(PeakMegabytes, "F0"),
        ];
    }
}
