using Fovea.Diffusion.Schedules;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>What is known when the samples move from <see cref="From"/> to <see cref="To"/>.</summary>
/// <param name="Request">The run's settings.</param>
/// <param name="Grid">All noise levels.</param>
/// <param name="Index">The step, from 0.</param>
/// <param name="Latent">x at <see cref="From"/>.</param>
/// <param name="Clean">The denoiser's estimate of x0, with any threshold.</param>
/// <param name="Noise">The estimate of ε that goes with it: Latent = α·Clean + σ·Noise.</param>
/// <param name="PreviousClean">The estimate of x0 one step before; null at the first step.</param>
internal readonly record struct StepState(
    SamplingRequest Request, TimestepGrid Grid, int Index, Tensor Latent, Tensor Clean, Tensor Noise, Tensor? PreviousClean)
{
    public NoiseLevel From => Grid.Levels[Index];

    public NoiseLevel To => Grid.Levels[Index + 1];

    /// <summary>The standard normal noise of this step.</summary>
    public Tensor Draw() => Request.Noise.Normal(Latent.shape, Index + 1, Latent.dtype, Latent.device);
}
