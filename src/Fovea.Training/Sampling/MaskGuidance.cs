using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Models.Denoisers;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Sampling;

/// <summary>
/// Classifier-free guidance by class and mask: output = f(∅, ∅) + g·(f(class, ∅) − f(∅, ∅)) + h·(f(class, mask) − f(class, ∅)), the rule for two conditions
/// of Brooks et al. 2023 (arXiv 2211.09800, eq. 3) in this order. Without a class it is f(∅) + h·(f(mask) − f(∅)). What has weight is evaluated in one batch:
/// h = 1 and g = 1 is the network with both alone.
/// </summary>
internal sealed class MaskGuidance : IDenoiser
{
    private readonly UNet _model;
    private readonly Term[] _terms;

    /// <param name="kind">What the network puts out.</param>
    /// <param name="model">The network.</param>
    /// <param name="labels">The class of each image, int64 [batch]; null for no class. Must outlive this object, as the masks.</param>
    /// <param name="guidance">The scale g of the class.</param>
    /// <param name="masks">The mask of each image, as the network takes it.</param>
    /// <param name="maskGuidance">The scale h of the mask.</param>
    public MaskGuidance(PredictionKind kind, UNet model, Tensor? labels, double guidance, Tensor masks, double maskGuidance)
    {
        (Kind, _model) = (kind, model);
        var (none, untold) = (labels is null ? null : Repeated(labels, model.ClassCount), zeros_like(masks));
        Term[] terms = labels is null
            ? [new(1 - maskGuidance, null, untold), new(maskGuidance, null, masks)]
            : [new(1 - guidance, none, untold), new(guidance - maskGuidance, labels, untold), new(maskGuidance, labels, masks)];
        _terms = [.. terms.Where(term => term.Weight != 0)];
    }

    /// <inheritdoc/>
    public PredictionKind Kind { get; }

    /// <inheritdoc/>
    public Tensor Predict(Tensor noisy, Tensor timesteps)
    {
        if (_terms is [{ Weight: 1 } only]) return _model.call(noisy, timesteps, only.Labels, only.Masks);
        using var scope = NewDisposeScope();
        var labels = _terms[0].Labels is null ? null : cat([.. _terms.Select(term => term.Labels!)]);
        var output = _model.call(cat([.. _terms.Select(_ => noisy)]), cat([.. _terms.Select(_ => timesteps)]), labels,
            cat([.. _terms.Select(term => term.Masks)]));
        var parts = output.Parts(_terms.Length, 0);
        var sum = parts[0].mul(_terms[0].Factor);
        for (var i = 1; i < parts.Length; i++) sum = sum.Plus(parts[i].mul(_terms[i].Factor));
        return sum.MoveToOuterDisposeScope();
    }

    private static Tensor Repeated(Tensor labels, int value) => tensor(Enumerable.Repeat((long)value, (int)labels.shape[0]).ToArray(), device: labels.device);

    private sealed record Term(double Weight, Tensor? Labels, Tensor Masks)
    {
        /// <summary>The weight, kept alive for calls of the library.</summary>
        public Scalar Factor { get; } = (float)Weight;
    }
}
