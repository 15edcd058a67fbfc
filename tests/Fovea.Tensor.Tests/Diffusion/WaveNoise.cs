using Fovea.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

/// <summary>Not random at all: element i of draw d is sin(1 + 7·d + 3·i), so that a plain loop can follow a stochastic sampler.</summary>
internal sealed class WaveNoise : INoiseSource
{
    public static double At(int draw, int element) => Math.Sin(1 + 7 * draw + 3 * element);

    public torch.Tensor Normal(ReadOnlySpan<long> shape, int draw, ScalarType dtype, Device device)
    {
        var count = 1L;
        foreach (var size in shape) count *= size;
        return tensor([.. Enumerable.Range(0, (int)count).Select(i => At(draw, i))], shape.ToArray(), dtype: dtype, device: device);
    }
}
