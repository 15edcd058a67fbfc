using System.Globalization;
using Fovea.Core;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Models.Autoencoders;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>Trains the autoencoder on a dataset's training images.</summary>
public sealed class AutoencoderStage : NetworkStage<Autoencoder>
{
    private const int GridImages = 8;
    private const int StartImages = 512;
    private const int HeldOutImages = 64;
    private const int HeldOutBatch = 16;
    private readonly RunConfig _config;
    private readonly AutoencoderTrainingOptions _options;
    private readonly ImageDataset _dataset;
    private readonly RunFolder _folder;
    private readonly IReadOnlyList<int> _indices;
    private readonly EpochOrder _order;
    private readonly Mirroring _mirroring;
    private readonly ReconstructionLoss _loss;
    private readonly DiscriminatorTraining? _discriminator;
    private readonly Scalar _klWeight;
    private readonly double? _latentScale;

    /// <summary>Builds the stage with seeded initial weights.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="dataset">Must have training images of the configured size.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="compute">The device, and what else it computes with.</param>
    public AutoencoderStage(RunConfig config, ImageDataset dataset, RunFolder folder, ComputeContext compute)
        : base(StageNames.Autoencoder, config, config.AutoencoderTraining, folder, compute)
    {
        (_config, _options, _dataset, _folder) = (config, config.AutoencoderTraining, dataset, folder);
        _indices = dataset.IndicesOf(Split.Train);
        _order = new EpochOrder(config.Seed, _indices.Count, _options.Batch);
        _mirroring = new Mirroring(config, dataset);
        var model = new Autoencoder(config.Autoencoder, config.Quantum);
        SeededInitialization.Apply(model, (ulong)config.Seed);
        StartFromData(model);
        var initial = InitialWeights.Find(folder);
        initial?.Load(model);
        // A denoiser that is taken over knows the latents by their factor, whatever dataset the decoder is trained on.
        if (_options.DecoderOnly) _latentScale = initial?.LatentScale(config);
        Begin(Fixed(model), () => Fixed(new Autoencoder(config.Autoencoder, config.Quantum)));
        _loss = new ReconstructionLoss(_options);
        _klWeight = (float)_options.KlWeight;
        if (_options.DiscriminatorWeight > 0) _discriminator = new DiscriminatorTraining(config, compute);
    }

    /// <inheritdoc />
    public override long CircuitsPerStep =>
        Batch * CircuitCounter.Count(Model, () => Model.call(zeros(1, 3, _config.Size, _config.Size, device: Device)));

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> Step(long step)
    {
        using var scope = NewDisposeScope();
        var images = NextImages(step);
        var noise = RandomStream.PosteriorNoise.NormalAt(
            _config.Seed, step, [Batch, _config.Autoencoder.LatentChannels, _config.LatentSize, _config.LatentSize], Device);
        var symmetry = LatentSymmetry.At(_config.Seed, step, _options.Equivariance, _config.LatentSize);
        var targets = symmetry.Apply(images);
        var reconstructions = new Tensor[Trained.Networks.Count];
        var figures = Train(step, ["loss", "l1", "kl"], (part, network) =>
        {
            var posterior = Encode(network, part.Slice(images));
            var reconstruction = network.Decode(symmetry.Apply(posterior.Sample(part.Slice(noise))));
            var (pixelLoss, reconstructionLoss) = _loss.Evaluate(reconstruction, part.Slice(targets));
            var divergence = posterior.KullbackLeibler();
            var total = reconstructionLoss.Plus(divergence.mul(_klWeight));
            var adversarial = _discriminator?.GeneratorLoss(reconstruction, step);
            if (adversarial is not null) total = total.Plus(adversarial);
            reconstructions[part.Index] = reconstruction.detach().DetachFromDisposeScope();
            return [total, pixelLoss, divergence];
        });
        scope.Attach(reconstructions);
        _discriminator?.Step(targets, cat(reconstructions), step, RateAt(step), figures);
        return figures;
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, Tensor> State()
    {
        var state = Trained.State();
        foreach (var (name, value) in _discriminator?.State() ?? []) state[name] = value;
        return state;
    }

    /// <inheritdoc />
    public override void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        base.LoadState(state, source);
        _discriminator?.LoadState(state, source);
    }

    /// <inheritdoc />
    public override void Export(long stepsDone)
    {
        using var scope = NewDisposeScope();
        using var averaged = Trained.Averaged();
        AutoencoderFile.Save(_folder.Autoencoder, Model, new AutoencoderMetadata
        {
            Steps = stepsDone,
            IsFinished = stepsDone >= Steps,
            LatentScale = _latentScale ?? LatentScale.Measure(Model, _dataset, _indices),
            ImageSize = _config.Size,
            Architecture = AutoencoderMetadata.ArchitectureOf(_config),
        });
    }

    /// <inheritdoc />
    public override void DrawGrid(long stepsDone)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var averaged = Trained.Averaged();
        var shown = _dataset.IndicesOf(Split.Val) is { Count: > 0 } held ? held : _indices;
        var originals = ImageTensors.FromDataset(_dataset, EvenPick.Of(shown, GridImages), device: Device);
        var pictures = ImageTensors.ToPixels(originals).Concat(ImageTensors.ToPixels(Model.call(originals))).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"reconstructions-{stepsDone:D8}.png");
        ImageGrid.Write(Path.Combine(_folder.Reconstructions, name), pictures, _config.Size, _config.Size, pictures.Count / 2);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _discriminator?.Dispose();
        _loss.Dispose();
        base.Dispose();
    }

    private protected override double? LossOfHeldOut()
    {
        var held = _dataset.IndicesOf(Split.Val);
        if (held.Count == 0) return null;
        var count = Math.Min(HeldOutImages, held.Count);
        var chunks = EvenPick.Of(held, count).Chunk(HeldOutBatch).ToArray();
        var sums = Trained.Map(chunks, (network, chunk) =>
        {
            var images = ImageTensors.FromDataset(_dataset, chunk, device: Device);
            var posterior = network.Encode(images);
            var (_, loss) = _loss.Evaluate(network.Decode(posterior.Mean), images);
            return chunk.Length * loss.Plus(posterior.KullbackLeibler().mul(_klWeight)).ToDouble();
        });
        return sums.Sum() / count;
    }

    private void StartFromData(Autoencoder model)
    {
        using var scope = NewDisposeScope();
        model.StartFrom(ImageTensors.FromDataset(_dataset, EvenPick.Of(_indices, Math.Min(StartImages, _indices.Count))));
    }

    private GaussianPosterior Encode(Autoencoder network, Tensor images)
    {
        using var still = _options.DecoderOnly ? no_grad() : null;
        return network.Encode(images);
    }

    // The network with what is not trained of it fixed.
    private Autoencoder Fixed(Autoencoder model)
    {
        if (_options.DecoderOnly)
        {
            foreach (var (_, parameter) in model.named_parameters().Where(p => p.name.StartsWith("encoder.", StringComparison.Ordinal)))
                parameter.requires_grad = false;
        }

        return model;
    }

    internal Tensor NextImages(long step)
    {
        var items = _order.At(step);
        return ImageTensors.FromDataset(_dataset, [.. items.Select(i => _indices[i])], _mirroring.At(step, items), Device);
    }
}
