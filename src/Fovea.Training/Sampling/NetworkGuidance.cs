using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Models.Denoisers;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Sampling;

/// <summary>
/// Guidance by class, mask and attention. By class and mask: output = f(∅, ∅) + g·(f(class, ∅) − f(∅, ∅)) + h·(f(class, mask) − f(class, ∅)), the rule for two
/// conditions of Brooks et al. 2023 (arXiv 2211.09800, eq. 3) in this order; without a class it is f(∅) + h·(f(mask) − f(∅)), without a mask f(∅) + g·(f(class)
/// − f(∅)). By attention, on top of it: + s·(f − f̂), f being the network with all that it is told and f̂ the same with its attention put out
/// (<see cref="UNet.Predict"/>; Ahn et al. 2024, arXiv 2403.17377). What has weight is evaluated in one batch: g = 1, h = 1 and s = 0 is the network alone.
/// </summary>
internal sealed class NetworkGuidance : IDenoiser
{
    private readonly UNet _model;
    private readonly Term[] _terms;

    /// <param name="kind">What the network puts out.</param>
    /// <param name="model">The network.</param>
    /// <param name="told">What it is told of each image. Must outlive this object.</param>
    /// <param name="scales">How strongly images are guided.</param>
    public NetworkGuidance(PredictionKind kind, UNet model, (Tensor? Labels, Tensor? Masks) told, GuidanceScales scales)
    {
        (Kind, _model) = (kind, model);
        var (labels, masks) = told;
        var (none, untold) = (labels is null ? null : Repeated(labels, model.ClassCount), masks is null ? null : zeros_like(masks));
        // Of what the network is not told there is no prediction with and without.
        var byClass = labels is null ? 1 : scales.Class;
        var byMask = masks is null ? byClass : scales.Mask;
        Term[] terms =
        [
            new(1 - byClass, none, untold),
            new(byClass - byMask, labels, untold),
            new(byMask + scales.Attention, labels, masks),
            new(-scales.Attention, labels, masks, IsPerturbed: true),
        ];
        _terms = [.. terms.Where(term => term.Weight != 0)];
    }

    /// <inheritdoc/>
    public PredictionKind Kind { get; }

    /// <inheritdoc/>
    public Tensor Predict(Tensor noisy, Tensor timesteps)
    {
        if (_terms is [{ Weight: 1 } only]) return _model.call(noisy, timesteps, only.Labels, only.Masks);
        using var scope = NewDisposeScope();
        var output = _model.Predict(
            cat([.. _terms.Select(_ => noisy)]), cat([.. _terms.Select(_ => timesteps)]), Together(term => term.Labels), Together(term => term.Masks),
            _terms[^1].IsPerturbed ? (int)noisy.shape[0] : 0);
        var parts = output.Parts(_terms.Length, 0);
        var sum = parts[0].mul(_terms[0].Factor);
        for (var i = 1; i < parts.Length; i++) sum = sum.Plus(parts[i].mul(_terms[i].Factor));
        return sum.MoveToOuterDisposeScope();
    }

    private Tensor? Together(Func<Term, Tensor?> told) => told(_terms[0]) is null ? null : cat([.. _terms.Select(term => told(term)!)]);

    private static Tensor Repeated(Tensor labels, int value) => tensor(Enumerable.Repeat((long)value, (int)labels.shape[0]).ToArray(), device: labels.device);

    private sealed record Term(double Weight, Tensor? Labels, Tensor? Masks, bool IsPerturbed = false)
    {
        /// <summary>The weight, kept alive for calls of the library.</summary>
        public Scalar Factor { get; } = (float)Weight;
    }
}

/// <summary>How strongly images are guided.</summary>
/// <param name="Class">By their class: 1 as the network was trained, 0 as if it were told none.</param>
/// <param name="Mask">By their mask, likewise.</param>
/// <param name="Attention">Away from the network without attention: 0 not at all.</param>
internal readonly record struct GuidanceScales(double Class, double Mask, double Attention)
{
    /// <summary>The network as it was trained.</summary>
    public static GuidanceScales None => new(1, 1, 0);
}
