using Fovea.Models.Autoencoders;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>
/// The optional patch discriminator beside the autoencoder: hinge loss for itself, minus its score for the autoencoder.
/// Lim and Ye 2017 (arXiv 1705.02894); in the first stage of latent diffusion as in Esser et al. 2021 (arXiv 2012.09841). It is shown the detail
/// alone: whole pictures differ from their reconstructions by so little that it learns nothing of them for hundreds of steps.
/// </summary>
internal sealed class DiscriminatorTraining : IDisposable
{
    private const float DetailFactor = 10;
    private readonly AutoencoderTrainingOptions _options;
    private readonly PatchDiscriminator _model = new();
    private readonly AdamW _optimizer;
    private readonly Scalar _generatorWeight;
    private readonly Scalar _one = 1f;
    private readonly Scalar _half = 0.5f;

    internal DiscriminatorTraining(RunConfig config, ComputeContext compute)
    {
        _options = config.AutoencoderTraining;
        _generatorWeight = -(float)_options.DiscriminatorWeight;
        SeededInitialization.Apply(_model, (ulong)config.Seed);
        _optimizer = new AdamW(_model.On(compute).named_parameters());
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
    }

    /// <summary>The autoencoder's term, or null before the discriminator's start.</summary>
    internal Tensor? GeneratorLoss(Tensor reconstruction, long step) =>
        step < _options.DiscriminatorStart ? null : Score(reconstruction).mean().mul(_generatorWeight);

    /// <summary>One step of the discriminator itself; adds its loss to the figures.</summary>
    internal void Step(Tensor images, Tensor reconstruction, long step, double rate, Dictionary<string, double> figures)
    {
        if (step < _options.DiscriminatorStart) return;
        _optimizer.ClearGradients();
        var real = nn.functional.relu(Score(images).neg().Plus(_one)).mean();
        var fake = nn.functional.relu(Score(reconstruction).Plus(_one)).mean();
        var loss = real.Plus(fake).mul(_half);
        loss.backward();
        _optimizer.Step(rate);
        figures["discriminator_loss"] = loss.ToDouble();
    }

    /// <summary>
    /// What a picture [batch, 3, side, side] is beside its mean over 3 × 3 pixels, ten times: differences of a few grey levels then are of the order of one.
    /// </summary>
    internal static Tensor Detail(Tensor images)
    {
        using var scope = NewDisposeScope();
        var padded = nn.functional.pad(images, [1, 1, 1, 1], PaddingModes.Replicate);
        return images.sub(nn.functional.avg_pool2d(padded, 3, 1)).Times(DetailFactor).MoveToOuterDisposeScope();
    }

    private Tensor Score(Tensor images) => _model.call(Detail(images));

    internal Dictionary<string, Tensor> State() =>
        StateDictionary.Join(("discriminator.model", ModuleWeights.Collect(_model)), ("discriminator.optimizer", _optimizer.State()));

    internal void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        ModuleWeights.LoadInto(_model, state.Part("discriminator.model", source), source);
        _optimizer.LoadState(state.Part("discriminator.optimizer", source), source);
    }
}
