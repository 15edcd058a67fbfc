using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Schedules;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Losses;

/// <summary>
/// The weighted squared error of a denoising network: x_t is made of x0 and ε, and the network's output at (x_t, t) is compared
/// with its target. All randomness comes in through the arguments.
/// </summary>
public sealed class DiffusionLoss
{
    private readonly PredictionConverter _converter;
    private readonly double[] _weights;

    /// <summary>
    /// Fixes what is learnt. Throws <see cref="Core.Errors.InputException"/> on ε prediction with zero terminal SNR.
    /// </summary>
    public DiffusionLoss(NoiseSchedule schedule, PredictionKind kind, ILossWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(weighting);
        _converter = new PredictionConverter(schedule, kind);
        _weights = new double[schedule.Timesteps];
        for (var t = 0; t < _weights.Length; t++) _weights[t] = weighting.Weight(schedule.Snr[t], kind);
    }

    /// <summary>The weight of each training timestep.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The mean of <see cref="PerSample"/> over the batch, a scalar tensor to call backward on.</summary>
    public Tensor Compute(Func<Tensor, Tensor, Tensor> model, Tensor clean, Tensor noise, Tensor timesteps)
    {
        using var scope = NewDisposeScope();
        return PerSample(model, clean, noise, timesteps).mean().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The weighted error of each sample, [batch]: w_t times the mean of (output − target)² over the sample's elements.
    /// </summary>
    /// <param name="model">The network: (x_t [batch, …], timesteps int64 [batch]) to an output shaped like x_t.</param>
    /// <param name="clean">x0, [batch, …].</param>
    /// <param name="noise">ε, standard normal, shaped like x0.</param>
    /// <param name="timesteps">int64 [batch] in [0, T−1] on the device of x0.</param>
    public Tensor PerSample(Func<Tensor, Tensor, Tensor> model, Tensor clean, Tensor noise, Tensor timesteps)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        var noisy = _converter.ToNoisy(clean, noise, timesteps);
        var output = model(noisy.to(clean.dtype), timesteps);
        if (!output.shape.AsSpan().SequenceEqual(clean.shape))
        {
            throw new ArgumentException(
                $"the model returned [{string.Join(", ", output.shape)}], expected [{string.Join(", ", clean.shape)}]", nameof(model));
        }

        var difference = output.sub(_converter.Target(clean, noise, timesteps));
        var error = difference.Squared().flatten(1).mean([1]);
        return (error * TensorMath.PerSample(_weights, timesteps, error)).MoveToOuterDisposeScope();
    }
}
