using Fovea.Diffusion.Predictions;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

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
