using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>What a sampler shows after each step. The tensors live until the callback returns; clone what is to be kept.</summary>
/// <param name="Index">The step, from 0.</param>
/// <param name="Count">Steps in all.</param>
/// <param name="Timestep">The training timestep that the step started from.</param>
/// <param name="Latent">The samples after the step, [batch, …].</param>
/// <param name="Clean">The estimate of x0 that the step used, [batch, …].</param>
public readonly record struct SamplingStep(int Index, int Count, int Timestep, Tensor Latent, Tensor Clean);
