using Fovea.Diffusion.Predictions;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>A denoising network with its conditions already chosen: a function of the noisy samples and their timesteps.</summary>
public interface IDenoiser
{
    /// <summary>What <see cref="Predict"/> puts out.</summary>
    PredictionKind Kind { get; }

    /// <summary>
    /// The network's output, shaped like <paramref name="noisy"/>, a new tensor in the caller's dispose scope. Image i of the
    /// output may depend on image i of the input only.
    /// </summary>
    /// <param name="noisy">x_t, [batch, …].</param>
    /// <param name="timesteps">int64 [batch], training timesteps in [0, T−1], on the device of x_t.</param>
    Tensor Predict(Tensor noisy, Tensor timesteps);
}

/// <summary>A denoiser made of a function, such as the forward method of an unconditional network.</summary>
/// <param name="kind">What the function puts out.</param>
/// <param name="predict">(x_t [batch, …], timesteps int64 [batch]) to an output shaped like x_t.</param>
public sealed class DelegateDenoiser(PredictionKind kind, Func<Tensor, Tensor, Tensor> predict) : IDenoiser
{
    /// <inheritdoc/>
    public PredictionKind Kind => kind;

    /// <inheritdoc/>
    public Tensor Predict(Tensor noisy, Tensor timesteps) => predict(noisy, timesteps);
}

/// <summary>
/// Classifier-free guidance: output = null + scale·(conditional − null). Ho, Salimans, "Classifier-free diffusion guidance",
/// 2022, eq. 6, whose w is scale − 1. x0, ε and v are linear in the output, so the rule is the same for each kind. Scale 1 is the
/// conditional network alone and scale 0 the null class alone, at one evaluation a call; any other scale evaluates a doubled batch.
/// </summary>
public sealed class GuidedDenoiser : IDenoiser
{
    private readonly Func<Tensor, Tensor, Tensor, Tensor> _predict;
    private readonly Tensor _labels;
    private readonly Tensor _nullLabels;

    /// <summary>Fixes classes and scale.</summary>
    /// <param name="kind">What the network puts out.</param>
    /// <param name="predict">The network: (x_t [n, …], timesteps int64 [n], labels int64 [n]) to an output shaped like x_t.</param>
    /// <param name="labels">The class of each image, int64 [batch], on the network's device; must outlive this object.</param>
    /// <param name="nullLabels">The null class of each image, shaped like <paramref name="labels"/>; must outlive this object.</param>
    /// <param name="scale">The guidance scale, a finite number, 0 or above.</param>
    public GuidedDenoiser(PredictionKind kind, Func<Tensor, Tensor, Tensor, Tensor> predict, Tensor labels, Tensor nullLabels, double scale)
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(nullLabels);
        if (!(scale >= 0 && double.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "the guidance scale must be a finite number, 0 or above");
        if (!labels.shape.AsSpan().SequenceEqual(nullLabels.shape))
            throw new ArgumentException("labels and null labels differ in shape", nameof(nullLabels));
        (Kind, Scale, _predict, _labels, _nullLabels) = (kind, scale, predict, labels, nullLabels);
    }

    /// <inheritdoc/>
    public PredictionKind Kind { get; }

    /// <summary>The guidance scale; 1 is no guidance.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public Tensor Predict(Tensor noisy, Tensor timesteps)
    {
        if (Scale == 1) return _predict(noisy, timesteps, _labels);
        if (Scale == 0) return _predict(noisy, timesteps, _nullLabels);
        using var scope = NewDisposeScope();
        var output = _predict(cat([noisy, noisy]), cat([timesteps, timesteps]), cat([_labels, _nullLabels]));
        var halves = output.Parts(2, 0);
        return TensorMath.Combine(Scale, halves[0], 1 - Scale, halves[1]).MoveToOuterDisposeScope();
    }
}

/// <summary>
/// One denoiser in an interval of timesteps and another outside. With guidance in it and none outside it is that of Kynkäänniemi et al., "Applying guidance in
/// a limited interval improves sample and distribution quality in diffusion models", 2024: guidance is harmful at high noise and hardly needed at low noise.
/// </summary>
public sealed class IntervalDenoiser : IDenoiser
{
    private readonly IDenoiser _inside;
    private readonly IDenoiser _outside;
    private readonly int _least;
    private readonly int _most;

    /// <summary>Fixes both denoisers and the interval.</summary>
    /// <param name="inside">The denoiser at timesteps in the interval.</param>
    /// <param name="outside">The denoiser at others; predicts the same kind.</param>
    /// <param name="least">The least timestep of the interval.</param>
    /// <param name="most">The greatest one, in the interval too.</param>
    public IntervalDenoiser(IDenoiser inside, IDenoiser outside, int least, int most)
    {
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(outside);
        if (inside.Kind != outside.Kind) throw new ArgumentException($"one denoiser predicts {inside.Kind}, the other {outside.Kind}", nameof(outside));
        (_inside, _outside, _least, _most) = (inside, outside, least, most);
    }

    /// <inheritdoc/>
    public PredictionKind Kind => _inside.Kind;

    /// <inheritdoc/>
    public Tensor Predict(Tensor noisy, Tensor timesteps)
    {
        bool[] isInside = [.. TensorSpans.ToArray<long>(timesteps).Select(timestep => timestep >= _least && timestep <= _most)];
        if (!isInside.Contains(true)) return _outside.Predict(noisy, timesteps);
        if (!isInside.Contains(false)) return _inside.Predict(noisy, timesteps);
        using var scope = NewDisposeScope();
        long[] oneEach = [isInside.Length, .. Enumerable.Repeat(1L, noisy.shape.Length - 1)];
        var choice = tensor(isInside, oneEach, device: noisy.device);
        return where(choice, _inside.Predict(noisy, timesteps), _outside.Predict(noisy, timesteps)).MoveToOuterDisposeScope();
    }
}
