using System.Globalization;
using Fovea.Diffusion.Losses;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Schedules;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Trains the denoiser on the cached latents of a dataset's training images.</summary>
public sealed class DenoiserStage : NetworkStage<UNet>
{
    private const string ConvergencePart = "convergence";
    private const int GridImages = 16;
    private const int HeldOutBatch = 4;
    private const double ZeroSnrFloor = 0.05;
    private readonly RunConfig _config;
    private readonly DenoiserTrainingOptions _options;
    private readonly RunFolder _folder;
    private readonly LatentCache _latents;
    private readonly ImageDataset _dataset;
    private readonly EpochOrder _order;
    private readonly Mirroring _mirroring;
    private readonly DiffusionLoss _loss;
    private readonly TimestepDensity _density;
    private readonly LatentSampler _sampler;
    private readonly DenoiserMetadata _metadata;
    private readonly Convergence? _convergence;

    /// <summary>Builds the stage with seeded initial weights.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="dataset">The dataset that the latents come from; gives labels and masks, and must outlive the stage.</param>
    /// <param name="latents">The latents.</param>
    /// <param name="decoder">Turns latents into pictures for the grids.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="compute">The device, which the latents must be on, and what else it computes with.</param>
    public DenoiserStage(RunConfig config, ImageDataset dataset, LatentCache latents, LatentCodec decoder, RunFolder folder, ComputeContext compute)
        : base(StageNames.Denoiser, config, config.DenoiserTraining, folder, compute)
    {
        (_config, _options, _folder, _latents, _dataset) = (config, config.DenoiserTraining, folder, latents, dataset);
        _metadata = new DenoiserMetadata { ClassNames = dataset.ClassNames, ClassImages = ImagesOf(dataset), MaskNames = dataset.Masks?.Names ?? [] };
        var model = DenoiserFile.Create(config, _metadata);
        var initial = InitialWeights.Find(folder) is { HasDenoiser: true } weights ? weights : null;
        if (config.Denoiser.MaskConditional) initial?.RequireMasks(_metadata.MaskNames);
        UnknownClasses = initial?.Load(model, config, _metadata.ClassNames) ?? [];
        Begin(model, () => DenoiserFile.Create(config, _metadata));
        _order = new EpochOrder(config.Seed, latents.Count, _options.Batch);
        _mirroring = new Mirroring(config, dataset);
        var schedule = DiffusionProcess.ScheduleOf(config.Diffusion);
        _loss = new DiffusionLoss(schedule, PredictionKinds.Parse(config.Diffusion.Prediction), WeightingOf(config, schedule));
        _density = TimestepDensities.Parse(_options.TimestepDensity);
        _sampler = new LatentSampler(config, Model, decoder);
        _convergence = Convergence.Build(_options);
    }

    /// <summary>Classes that the run whose weights this one begins with did not know.</summary>
    public IReadOnlyList<string> UnknownClasses { get; }

    /// <summary>Latents of held-out images that the loss is measured on too; null for none.</summary>
    public HeldOutLatents? HeldOut { get; init; }

    /// <summary>Steps in all; with a rule of convergence the most that it may be, until it has converged.</summary>
    public override int Steps => _convergence?.End ?? _options.Steps;

    /// <inheritdoc />
    public override long CircuitsPerStep => Batch * CircuitCounter.Count(
        Model,
        () => Model.call(
            zeros(1, _config.Autoencoder.LatentChannels, _config.LatentSize, _config.LatentSize, device: Device),
            zeros(1, device: Device),
            null));

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> Step(long step)
    {
        using var scope = NewDisposeScope();
        var (clean, labels) = NextBatch(step);
        var masks = NextMasks(step);
        var (noise, timesteps) = (RandomStream.DiffusionNoise.NormalAt(_config.Seed, step, clean.shape, Device), Timesteps(step));
        var figures = Train(step, ["loss"], (part, network) =>
        {
            var classes = labels is null ? null : part.Slice(labels);
            var told = masks is null ? null : part.Slice(masks);
            return [_loss.Compute((noisy, at) => network.call(noisy, at, classes, told), part.Slice(clean), part.Slice(noise), part.Slice(timesteps))];
        });
        if (_convergence is not { } convergence) return figures;
        convergence.Observe(step + 1, () => HeldOutLoss() ?? throw new InvalidOperationException("convergence needs held-out latents"));
        figures[RunLog.EndFigure] = convergence.End;
        return figures;
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, Tensor> State() =>
        _convergence is null ? base.State() : base.State().Concat(StateDictionary.Join((ConvergencePart, _convergence.State()))).ToDictionary();

    /// <inheritdoc />
    public override void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        base.LoadState(state, source);
        _convergence?.Load(state.GetValueOrDefault($"{ConvergencePart}.losses"));
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _convergence?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    public override void Export(long stepsDone)
    {
        using var scope = NewDisposeScope();
        using var averaged = Trained.Averaged();
        DenoiserFile.Save(_folder.Denoiser, Model, _metadata with { Steps = stepsDone, HasEnded = _convergence is not null && stepsDone == Steps });
    }

    /// <inheritdoc />
    public override void DrawGrid(long stepsDone)
    {
        using var scope = NewDisposeScope();
        using var averaged = Trained.Averaged();
        var pictures = _sampler.Sample(new SampleRequest { Count = GridImages, Seed = _config.Seed });
        var name = string.Create(CultureInfo.InvariantCulture, $"samples-{stepsDone:D8}.png");
        ImageGrid.Write(Path.Combine(_folder.Samples, name), pictures, _config.Size, _config.Size);
    }

    private protected override double RateAt(long step) => _convergence?.RateAt(step, _options.LearningRate) ?? base.RateAt(step);

    private protected override double? LossOfHeldOut()
    {
        if (HeldOut is not { Count: > 0 } held) return null;
        var sums = Trained.Map([.. Enumerable.Range(0, held.Count).Chunk(HeldOutBatch)], (network, images) =>
        {
            var (clean, labels, masks) = held.Select(images, network.ClassCount, network.MaskCount);
            var noise = cat(
                [.. images.Select(i => RandomStream.HeldOutNoise.NormalAt(_config.Seed, i, [HeldOutLatents.Timesteps, .. clean.shape[1..]], Device))], 0);
            var timesteps = tensor([.. images.SelectMany(i => Evaluation.HeldOutLoss.Timesteps(_config.Diffusion.Timesteps, _config.Seed, i))], device: Device);
            return images.Length * _loss.Compute((noisy, at) => network.call(noisy, at, labels, masks), clean, noise, timesteps).ToDouble();
        });
        return sums.Sum() / held.Count;
    }

    private static int[] ImagesOf(ImageDataset dataset)
    {
        var images = new int[dataset.ClassCount];
        foreach (var index in dataset.IndicesOf(Split.Train))
            if (dataset.Entries[index].Label is { } label) images[label]++;
        return images;
    }

    // At zero terminal SNR min-SNR gives the last timestep no weight, yet sampling starts there: a floor keeps it in the loss.
    private static ILossWeighting WeightingOf(RunConfig config, NoiseSchedule schedule) => config.DenoiserTraining.MinSnrGamma > 0
        ? new MinSnrWeighting(config.DenoiserTraining.MinSnrGamma, schedule.HasZeroTerminalSnr ? ZeroSnrFloor : 0)
        : new UniformWeighting();

    /// <summary>The latents of a step [batch, latentChannels, height, width] and the class of each as it is seen [batch]; null without classes.</summary>
    internal (Tensor Latents, Tensor? Labels) NextBatch(long step)
    {
        var items = _order.At(step);
        var mirrored = _mirroring.At(step, items);
        var latents = _latents.Select(items, mirrored);
        if (Model.ClassCount == 0) return (latents, null);
        var dropout = RandomStream.ClassDropout.At(_config.Seed, step);
        return (
            latents,
            tensor(
                [.. items.Select((item, i) => dropout.NextDouble() < _options.ClassDropout
                    ? (long)Model.ClassCount
                    : _mirroring.LabelOf(item, mirrored[i]) ?? Model.ClassCount)],
                device: Device));
    }

    /// <summary>The masks of a step's images, mirrored as these are, some of them not told; null where the network is told none.</summary>
    internal Tensor? NextMasks(long step)
    {
        if (Model.MaskCount == 0) return null;
        var items = _order.At(step);
        var dropout = RandomStream.MaskDropout.At(_config.Seed, step);
        bool[] told = [.. items.Select(_ => dropout.NextDouble() >= _options.ClassDropout)];
        var training = _dataset.IndicesOf(Split.Train);
        return MaskTensors.FromDataset(_dataset, [.. items.Select(item => training[item])], Device, told, _mirroring.At(step, items));
    }

    private Tensor Timesteps(long step)
    {
        var random = RandomStream.Timesteps.At(_config.Seed, step);
        return tensor([.. Enumerable.Range(0, Batch).Select(_ => (long)_density.Draw(random, _config.Diffusion.Timesteps))], device: Device);
    }
}
