using System.Diagnostics;
using System.Globalization;
using Fovea.Core;
using Fovea.Core.Files;
using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Evaluation.Parts;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Models.Denoisers;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Torch.Runtime;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;

namespace Fovea.Study.Cells;

/// <summary>Measures by a few steps of every arm what a study will take. Done once a study folder and number of threads.</summary>
internal sealed class Calibration(StudyContext context)
{
    private const int Images = 64;
    private const int Unchanged = 4;
    private const int MostSteps = 40;
    private const int Drawn = 8;
    private readonly StudyDefinition _definition = context.Plan.Definition;
    private readonly string _folder = context.Folder.In("work", "calibration");
    private readonly int _threads = Workers.Count(context.Threads);

    /// <summary>The estimate.</summary>
    public StudyEstimate Measure(CancellationToken cancellation)
    {
        using var mine = FileLock.Take(context.Folder.In("work", "calibration.lock"), cancellation);
        var known = new CalibrationFile(context.Folder.Calibration);
        var arms = _definition.Arms.Select(arm => (arm.Name, Cell: context.Plan.Cells.First(cell => cell.Arm == arm))).ToList();
        var judgingKey = Key(
            $"{_definition.Judging.HalfSamples} {_definition.Sampling.Count} {string.Join(' ', _definition.Judging.Features)} {_definition.Judging.Grader}");
        if (!_definition.Sampling.Draws) known.Assume(judgingKey, 0);
        if (arms.Any(arm => known.Arm(Key(arm.Cell)) is null) || known.Judging(judgingKey) is null)
        {
            context.Announce?.Invoke($"measuring the first steps of each of {arms.Count} arms");
            Fill(known, arms.ConvertAll(arm => arm.Cell), judgingKey, cancellation);
        }

        return new StudyEstimate(
            context.Plan, arms.ToDictionary(arm => arm.Name, arm => known.Arm(Key(arm.Cell))!), known.Judging(judgingKey)!.Value, _threads);
    }

    private void Fill(CalibrationFile known, List<StudyCell> cells, string judgingKey, CancellationToken cancellation)
    {
        Clear();
        TorchRuntime.Initialize(context.Threads);
        using var all = ImageDataset.Open(context.Dataset);
        var few = Path.Combine(_folder, "data");
        TrainingSubset.Write(all, few, 0, Math.Min(Images, all.IndicesOf(Split.Train).Count), cancellation);
        using (var dataset = ImageDataset.Open(few))
        {
            foreach (var cell in cells.Where(cell => known.Arm(Key(cell)) is null))
            {
                cancellation.ThrowIfCancellationRequested();
                known.Add(Key(cell), Measure(context.Here(cell.Config), IsSwept(cell), dataset, Path.Combine(_folder, cell.Arm.Name), cancellation));
            }
        }

        if (known.Judging(judgingKey) is null) known.Add(judgingKey, Judge(all, cancellation));
        Clear();
    }

    private ArmCost Measure(RunConfig config, bool noisy, ImageDataset dataset, string path, CancellationToken cancellation)
    {
        using var folder = RunFolder.ForTraining(path, config, resume: false);
        var compute = RunFolder.StartCompute(path, config, resume: false);
        double first;
        using (var stage = new AutoencoderStage(config, dataset, folder, compute))
        {
            first = Step(stage);
            stage.Export(config.AutoencoderTraining.Steps);
        }

        var (autoencoder, metadata) = AutoencoderFile.Load(folder.Autoencoder, config, compute);
        using var owned = autoencoder;
        using var latents = LatentCache.OpenOrCreate(folder.Latents, "calibration", autoencoder, metadata.LatentScale, dataset, null, cancellation);
        var decoder = new LatentCodec(autoencoder, metadata.LatentScale);
        // A few steps converge to nothing, and there are no held-out latents here to tell it by.
        var fixedSteps = config with { DenoiserTraining = config.DenoiserTraining with { Convergence = 0 } };
        using var denoiser = new DenoiserStage(fixedSteps, dataset, latents, decoder, folder, compute);
        var second = Step(denoiser);
        var sampler = new LatentSampler(config, (UNet)denoiser.Network, decoder);
        var image = Draw(sampler, cancellation);
        if (!noisy) return new ArmCost(first, second, image, 0);
        var profile = ShippedProfiles.Load(_definition.Noise!.Profiles[0]);
        using (new LayerNoise(new DeviceBackend(profile, new ExecutionOptions())).Apply(autoencoder, denoiser.Network))
        {
            return new ArmCost(
                first, second, image, Draw(sampler, cancellation));
        }
    }

    /// <summary>Judges photographs as if they were generated: as many as a cell draws.</summary>
    private double Judge(ImageDataset dataset, CancellationToken cancellation)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(_folder, "judged")).FullName;
        var training = dataset.IndicesOf(Split.Train);
        for (var i = 0; i < _definition.Sampling.Count; i++)
        {
            PngFile.Write(DrawnImages.PathOf(pictures, i), dataset.GetImage(training[i % training.Count]).ToArray(), dataset.Size, dataset.Size);
        }

        using var judge = new SetJudge(CellJudging.Request(context, context.Dataset));
        judge.RateReal(cancellation);
        var clock = Stopwatch.StartNew();
        judge.Judge(pictures, copies: true, cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    private static double Step(ITrainingStage stage)
    {
        // The first steps also set up and compile what later ones find ready, and kernels in C# are compiled again after some tenths of a second: the
        // fastest is what a long training's are like, once some more are not faster by a tenth.
        var (fastest, since) = (double.PositiveInfinity, 0);
        for (var step = 0; step < MostSteps && since < Unchanged; step++)
        {
            var (at, clock) = (step, Stopwatch.StartNew());
            CollectionPause.Run(() => stage.Step(at));
            var seconds = clock.Elapsed.TotalSeconds;
            since = seconds < 0.9 * fastest ? 0 : since + 1;
            fastest = Math.Min(fastest, seconds);
        }

        return fastest;
    }

    private double Draw(LatentSampler sampler, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        sampler.Sample(new SampleRequest { Count = Drawn, Batch = Drawn, Seed = _definition.Sampling.Seed }, cancellation: cancellation);
        return clock.Elapsed.TotalSeconds / Drawn;
    }

    private bool IsSwept(StudyCell cell) => _definition.Noise is { } noise && noise.Arms.Contains(cell.Arm.Name);

    private string Key(StudyCell cell) => Key(IsSwept(cell) ? $"{cell.ConfigHash} {_definition.Noise!.Profiles[0]}" : cell.ConfigHash);

    private string Key(string what) =>
        CellFingerprint.Hash(what, _threads.ToString(CultureInfo.InvariantCulture), Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))[..32];

    private void Clear()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Seconds that were measured before, by what was measured with how many threads on how large a machine.</summary>
internal sealed class CalibrationFile(string path)
{
    private readonly Content _content = StudyJson.Read<Content>(path) ?? new Content([], []);

    public ArmCost? Arm(string key) => _content.Arms.GetValueOrDefault(key);

    public double? Judging(string key) => _content.Judging.TryGetValue(key, out var seconds) ? seconds : null;

    /// <summary>Takes a figure as known without measuring or keeping it.</summary>
    public void Assume(string key, double judging) => _content.Judging[key] = judging;

    public void Add(string key, ArmCost cost)
    {
        _content.Arms[key] = cost;
        StudyJson.Write(path, _content);
    }

    public void Add(string key, double judging)
    {
        _content.Judging[key] = judging;
        StudyJson.Write(path, _content);
    }

    private sealed record Content(SortedDictionary<string, ArmCost> Arms, SortedDictionary<string, double> Judging);
}
