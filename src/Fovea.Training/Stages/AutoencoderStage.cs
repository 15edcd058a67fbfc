using System.Globalization;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Trains the autoencoder on a dataset's training images.</summary>
public sealed class AutoencoderStage : ITrainingStage
{
    private const double LargestGradientNorm = 1;
    private const int GridImages = 8;
    private const int StartImages = 512;
    private const int HeldOutImages = 64;
    private const int HeldOutBatch = 32;
    private readonly RunConfig _config;
    private readonly AutoencoderTrainingOptions _options;
    private readonly ImageDataset _dataset;
    private readonly RunFolder _folder;
    private readonly IReadOnlyList<int> _indices;
    private readonly EpochOrder _order;
    private readonly Mirroring _mirroring;
    private readonly Autoencoder _model;
    private readonly StageSchedule _schedule;
    private readonly TrainingNoise? _noise;
    private readonly CircuitLog _circuits;
    private readonly AdamW _optimizer;
    private readonly ExponentialMovingAverage _average;
    private readonly ReconstructionLoss _loss;
    private readonly DiscriminatorTraining? _discriminator;
    private readonly Scalar _klWeight;

    /// <summary>Builds the stage with seeded initial weights. The dataset must have training images of the configured size.</summary>
    public AutoencoderStage(RunConfig config, ImageDataset dataset, RunFolder folder)
    {
        (_config, _options, _dataset, _folder) = (config, config.AutoencoderTraining, dataset, folder);
        _indices = dataset.IndicesOf(Split.Train);
        _order = new EpochOrder(config.Seed, _indices.Count, _options.Batch);
        _mirroring = new Mirroring(config, dataset);
        _model = new Autoencoder(config.Autoencoder, config.Quantum);
        SeededInitialization.Apply(_model, (ulong)config.Seed);
        StartFromData();
        InitialWeights.Of(folder)?.Load(_model);
        _schedule = folder.ScheduleOf(Name, _options.Steps);
        _noise = TrainingNoise.Of(config, _model, _schedule);
        _circuits = new CircuitLog(_model);
        _optimizer = new AdamW(_model, groupOf: CircuitGroup.Of(_model, _options.CircuitRate, _options.LearningRate));
        _average = new ExponentialMovingAverage(_model, _options.EmaDecay);
        _loss = new ReconstructionLoss(_options);
        _klWeight = (float)_options.KlWeight;
        if (_options.DiscriminatorWeight > 0) _discriminator = new DiscriminatorTraining(config);
    }

    /// <inheritdoc />
    public nn.Module Network => _model;

    /// <inheritdoc />
    public long CircuitsPerStep =>
        Batch * CircuitCounter.Count(_model, () => _model.call(zeros(1, 3, _config.Size, _config.Size)));

    /// <inheritdoc />
    public string Name => "autoencoder";

    /// <inheritdoc />
    public int Steps => _options.Steps;

    /// <inheritdoc />
    public int Batch => _options.Batch;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double> Step(long step)
    {
        using var scope = NewDisposeScope();
        using var noise = _noise?.At(step);
        var images = NextImages(step);
        var posterior = _model.Encode(images);
        var reconstruction = _model.Decode(posterior.Sample(RandomStream.PosteriorNoise.NormalAt(_config.Seed, step, posterior.Mean.shape)));
        var (pixelLoss, reconstructionLoss) = _loss.Evaluate(reconstruction, images);
        var divergence = posterior.KullbackLeibler();
        var total = reconstructionLoss.Plus(divergence.mul(_klWeight));
        var adversarial = _discriminator?.GeneratorLoss(reconstruction, step);
        if (adversarial is not null) total = total.Plus(adversarial);

        _optimizer.ClearGradients();
        SpanAutograd.Backward(total);
        var circuits = _circuits.Gradients();
        var norm = GradientNorm.Clip(_optimizer.Parameters, LargestGradientNorm);
        var rate = _schedule.RateAt(step, _options.Warmup, _options.LearningRate);
        _optimizer.Step(rate);
        _average.Update();
        var figures = new Dictionary<string, double>
        {
            ["loss"] = total.ToDouble(),
            ["l1"] = pixelLoss.ToDouble(),
            ["kl"] = divergence.ToDouble(),
            ["gradient_norm"] = norm,
            ["learning_rate"] = rate,
        };
        foreach (var (name, value) in circuits.Concat(_circuits.Displacements())) figures[name] = value;
        _discriminator?.Step(images, reconstruction.detach(), step, rate, figures);
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
    public IReadOnlyDictionary<string, Tensor> State()
    {
        var state = StateDictionary.Join(
            ("model", ModuleWeights.Collect(_model)), ("average", _average.State()), ("optimizer", _optimizer.State()));
        foreach (var (name, value) in _discriminator?.State() ?? []) state[name] = value;
        return state;
    }

    /// <inheritdoc />
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        ModuleWeights.LoadInto(_model, state.Part("model", source), source);
        _average.LoadState(state.Part("average", source), source);
        _optimizer.LoadState(state.Part("optimizer", source), source);
        _discriminator?.LoadState(state, source);
    }

    /// <inheritdoc />
    public void Export(long stepsDone)
    {
        using var scope = NewDisposeScope();
        using var averaged = _average.Swap();
        AutoencoderFile.Save(_folder.Autoencoder, _model, new AutoencoderFacts
        {
            Steps = stepsDone,
            IsFinished = stepsDone >= Steps,
            LatentScale = LatentScale.Measure(_model, _dataset, _indices),
            ImageSize = _config.Size,
            Architecture = AutoencoderFacts.ArchitectureOf(_config),
        });
    }

    /// <inheritdoc />
    public void DrawGrid(long stepsDone)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var averaged = _average.Swap();
        var shown = _dataset.IndicesOf(Split.Val) is { Count: > 0 } held ? held : _indices;
        var originals = ImageTensors.FromDataset(_dataset, [.. Enumerable.Range(0, GridImages).Select(i => shown[(int)((long)i * shown.Count / GridImages)])]);
        var pictures = ImageTensors.ToPixels(originals).Concat(ImageTensors.ToPixels(_model.call(originals))).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"reconstructions-{stepsDone:D8}.png");
        ImageGrid.Write(Path.Combine(_folder.Reconstructions, name), pictures, _config.Size, _config.Size, pictures.Count / 2);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _discriminator?.Dispose();
        _loss.Dispose();
        _average.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }

    // Of the weights that are in the network now.
    private double? LossOfHeldOut()
    {
        var held = _dataset.IndicesOf(Split.Val);
        if (held.Count == 0) return null;
        using var noGradient = no_grad();
        var count = Math.Min(HeldOutImages, held.Count);
        var sum = 0.0;
        foreach (var chunk in Enumerable.Range(0, count).Select(i => held[(int)((long)i * held.Count / count)]).Chunk(HeldOutBatch))
        {
            using var scope = NewDisposeScope();
            var images = ImageTensors.FromDataset(_dataset, chunk);
            var posterior = _model.Encode(images);
            var (_, loss) = _loss.Evaluate(_model.Decode(posterior.Mean), images);
            sum += chunk.Length * loss.Plus(posterior.KullbackLeibler().mul(_klWeight)).ToDouble();
        }

        return sum / count;
    }

    private void StartFromData()
    {
        using var scope = NewDisposeScope();
        var count = Math.Min(StartImages, _indices.Count);
        _model.StartFrom(ImageTensors.FromDataset(_dataset, [.. Enumerable.Range(0, count).Select(i => _indices[(int)((long)i * _indices.Count / count)])]));
    }

    internal Tensor NextImages(long step)
    {
        var items = _order.At(step);
        return ImageTensors.FromDataset(_dataset, [.. items.Select(i => _indices[i])], _mirroring.At(step, items));
    }
}
