using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Standard normal noise for sampling, addressed rather than drawn in turn: asking twice gives the same numbers, and an image's
/// noise does not depend on the batch it is in.
/// </summary>
public interface INoiseSource
{
    /// <summary>
    /// Standard normal noise of shape [batch, …], a new tensor in the caller's dispose scope.
    /// </summary>
    /// <param name="shape">The shape, images first.</param>
    /// <param name="draw">Which noise: 0 for the initial noise, i + 1 for what step i adds.</param>
    /// <param name="dtype">The element type, a floating-point one.</param>
    /// <param name="device">The device.</param>
    Tensor Normal(ReadOnlySpan<long> shape, int draw, ScalarType dtype, Device device);
}
