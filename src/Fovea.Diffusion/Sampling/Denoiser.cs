using Fovea.Diffusion.Predictions;
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
