using System.Globalization;
using Fovea.Diffusion.Losses;
using Fovea.Diffusion.Predictions;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Models.Denoisers;
using Fovea.Torch.Autograd;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Trains the denoiser on the cached latents of a dataset's training images.</summary>
public sealed class DenoiserStage : ITrainingStage
{
    private const double LargestGradientNorm = 1;
    private const int GridImages = 16;
    private const int HeldOutBatch = 4;
    private const double ZeroSnrFloor = 0.05;
    private readonly RunConfig _config;
    private readonly DenoiserTrainingOptions _options;
    private readonly RunFolder _folder;
    private readonly LatentCache _latents;
    private readonly EpochOrder _order;
    private readonly Mirroring _mirroring;
    private readonly UNet _model;
    private readonly StageSchedule _schedule;
    private readonly TrainingNoise? _noise;
    private readonly CircuitLog _circuits;
    private readonly AdamW _optimizer;
    private readonly ExponentialMovingAverage _average;
    private readonly DiffusionLoss _loss;
    private readonly LatentSampler _sampler;
    private readonly DenoiserFacts _facts;

    /// <summary>Builds the stage with seeded initial weights.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="dataset">The dataset that the latents come from; gives the class labels.</param>
    /// <param name="latents">The latents.</param>
    /// <param name="decoder">Turns latents into pictures for the grids.</param>
    /// <param name="folder">The run folder.</param>
    public DenoiserStage(RunConfig config, ImageDataset dataset, LatentCache latents, LatentDecoder decoder, RunFolder folder)
    {
        (_config, _options, _folder, _latents) = (config, config.DenoiserTraining, folder, latents);
        _facts = new DenoiserFacts { ClassNames = dataset.ClassNames, ClassImages = ImagesOf(dataset) };
        _model = DenoiserFile.Create(config, _facts);
        UnknownClasses = InitialWeights.Of(folder)?.Load(_model, config, _facts.ClassNames) ?? [];
        _schedule = folder.ScheduleOf(Name, _options.Steps);
        _order = new EpochOrder(config.Seed, latents.Count, _options.Batch);
        _mirroring = new Mirroring(config, dataset);
        _noise = TrainingNoise.Of(config, _model, _schedule);
        _circuits = new CircuitLog(_model);
        _optimizer = new AdamW(_model, groupOf: CircuitGroup.Of(_model, _options.CircuitRate, _options.LearningRate));
        _average = new ExponentialMovingAverage(_model, _options.EmaDecay);
        var schedule = DiffusionProcess.ScheduleOf(config.Diffusion);
        _loss = new DiffusionLoss(schedule, PredictionKinds.Parse(config.Diffusion.Prediction), WeightingOf(config));
        _sampler = new LatentSampler(config, _model, decoder);
    }

    /// <summary>Classes that the run whose weights this one begins with did not know.</summary>
    public IReadOnlyList<string> UnknownClasses { get; }

    /// <summary>Latents of held-out images that the loss is measured on too; null for none.</summary>
    public HeldOutLatents? HeldOut { get; init; }

    /// <inheritdoc />
    public nn.Module Network => _model;

    /// <inheritdoc />
    public long CircuitsPerStep => Batch * CircuitCounter.Count(
        _model, () => _model.call(zeros(1, _config.Autoencoder.LatentChannels, _config.LatentSize, _config.LatentSize), zeros(1), null));

    /// <inheritdoc />
    public string Name => "denoiser";

    /// <inheritdoc />
    public int Steps => _options.Steps;

    /// <inheritdoc />
    public int Batch => _options.Batch;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double> Step(long step)
    {
        using var scope = NewDisposeScope();
        using var noise = _noise?.At(step);
        var (clean, labels) = NextBatch(step);
        var loss = _loss.Compute((noisy, timesteps) => _model.call(noisy, timesteps, labels), clean, RandomStream.DiffusionNoise.NormalAt(_config.Seed, step, clean.shape), Timesteps(step));

        _optimizer.ClearGradients();
        SpanAutograd.Backward(loss);
        var circuits = _circuits.Gradients();
        var norm = GradientNorm.Clip(_optimizer.Parameters, LargestGradientNorm);
        var rate = _schedule.RateAt(step, _options.Warmup, _options.LearningRate);
        _optimizer.Step(rate);
        _average.Update();
        var figures = new Dictionary<string, double> { ["loss"] = loss.ToDouble(), ["gradient_norm"] = norm, ["learning_rate"] = rate };
        foreach (var (name, value) in circuits.Concat(_circuits.Displacements())) figures[name] = value;
        return figures;
    }

    /// <inheritdoc />
    public double? HeldOutLoss()
    {
        using var averaged = _average.Swap();
        return LossOfHeldOut();
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double> CircuitShares(double loss, bool ofEach)
    {
        using var averaged = _average.Swap();
        return _circuits.Shares(() => LossOfHeldOut()!.Value - loss, ofEach);
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Tensor> State() => StateDictionary.Join(
        ("model", ModuleWeights.Collect(_model)), ("average", _average.State()), ("optimizer", _optimizer.State()));

    /// <inheritdoc />
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        ModuleWeights.LoadInto(_model, state.Part("model", source), source);
        _average.LoadState(state.Part("average", source), source);
        _optimizer.LoadState(state.Part("optimizer", source), source);
    }

    /// <inheritdoc />
    public void Export(long stepsDone)
    {
        using var scope = NewDisposeScope();
        using var averaged = _average.Swap();
        DenoiserFile.Save(_folder.Denoiser, _model, _facts with { Steps = stepsDone });
    }

    /// <inheritdoc />
    public void DrawGrid(long stepsDone)
    {
        using var scope = NewDisposeScope();
        using var averaged = _average.Swap();
        var pictures = _sampler.Sample(new SampleRequest { Count = GridImages, Seed = _config.Seed });
        var name = string.Create(CultureInfo.InvariantCulture, $"samples-{stepsDone:D8}.png");
        ImageGrid.Write(Path.Combine(_folder.Samples, name), pictures, _config.Size, _config.Size);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _average.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }

    // Of the weights that are in the network now.
    private double? LossOfHeldOut()
    {
        if (HeldOut is not { Count: > 0 } held) return null;
        using var noGradient = no_grad();
        var sum = 0.0;
        foreach (var images in Enumerable.Range(0, held.Count).Chunk(HeldOutBatch))
        {
            using var scope = NewDisposeScope();
            var (clean, labels) = held.Select(images, _model.ClassCount);
            var noise = cat([.. images.Select(i => RandomStream.HeldOutNoise.NormalAt(_config.Seed, i, [HeldOutLatents.Timesteps, .. clean.shape[1..]]))], 0);
            var timesteps = tensor([.. images.SelectMany(i => Evaluation.HeldOutLoss.Timesteps(_config.Diffusion.Timesteps, _config.Seed, i))]);
            sum += images.Length * _loss.Compute((noisy, at) => _model.call(noisy, at, labels), clean, noise, timesteps).ToDouble();
        }

        return sum / held.Count;
    }

    private static int[] ImagesOf(ImageDataset dataset)
    {
        var images = new int[dataset.ClassCount];
        foreach (var index in dataset.IndicesOf(Split.Train))
            if (dataset.Entries[index].Label is { } label) images[label]++;
        return images;
    }

    // At zero terminal SNR min-SNR gives the last timestep no weight, yet sampling starts there: a floor keeps it in the loss.
    private static ILossWeighting WeightingOf(RunConfig config) => config.DenoiserTraining.MinSnrGamma > 0
        ? new MinSnrWeighting(config.DenoiserTraining.MinSnrGamma, config.Diffusion.ZeroTerminalSnr ? ZeroSnrFloor : 0)
        : new UniformWeighting();

    /// <summary>The latents of a step [batch, latentChannels, height, width] and the class of each as it is seen [batch]; null without classes.</summary>
    internal (Tensor Latents, Tensor? Labels) NextBatch(long step)
    {
        var items = _order.At(step);
        var mirrored = _mirroring.At(step, items);
        var latents = _latents.Select(items, mirrored);
        if (_model.ClassCount == 0) return (latents, null);
        var dropout = RandomStream.ClassDropout.At(_config.Seed, step);
        return (latents, tensor([.. items.Select((item, i) => dropout.NextDouble() < _options.ClassDropout ? (long)_model.ClassCount : _mirroring.LabelOf(item, mirrored[i]) ?? _model.ClassCount)]));
    }

    private Tensor Timesteps(long step)
    {
        var random = RandomStream.Timesteps.At(_config.Seed, step);
        return tensor([.. Enumerable.Range(0, Batch).Select(_ => (long)random.NextInt(_config.Diffusion.Timesteps))]);
    }
}
