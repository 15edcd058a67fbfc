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
/// Lim and Ye 2017 (arXiv 1705.02894); in the first stage of latent diffusion as in Esser et al. 2021 (arXiv 2012.09841).
/// </summary>
internal sealed class DiscriminatorTraining : IDisposable
{
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
        step < _options.DiscriminatorStart ? null : _model.call(reconstruction).mean().mul(_generatorWeight);

    /// <summary>One step of the discriminator itself; adds its loss to the figures.</summary>
    internal void Step(Tensor images, Tensor reconstruction, long step, double rate, Dictionary<string, double> figures)
    {
        if (step < _options.DiscriminatorStart) return;
        _optimizer.ClearGradients();
        var real = nn.functional.relu(_model.call(images).neg().Plus(_one)).mean();
        var fake = nn.functional.relu(_model.call(reconstruction).Plus(_one)).mean();
        var loss = real.Plus(fake).mul(_half);
        loss.backward();
        _optimizer.Step(rate);
        figures["discriminator_loss"] = loss.ToDouble();
    }

    internal Dictionary<string, Tensor> State() =>
        StateDictionary.Join(("discriminator.model", ModuleWeights.Collect(_model)), ("discriminator.optimizer", _optimizer.State()));

    internal void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        ModuleWeights.LoadInto(_model, state.Part("discriminator.model", source), source);
        _optimizer.LoadState(state.Part("discriminator.optimizer", source), source);
    }
}
