using Fovea.Core.Random;
using static TorchSharp.torch;

namespace Fovea.Torch.Modules;

/// <summary>
/// Dropout (Srivastava et al. 2014) whose choice is a function of a seed and a step. The library's own draws from the process's one generator: what another
/// thread draws meanwhile would change the result.
/// </summary>
/// <param name="rate">Share of the values that become zero in training, in [0, 1); the others are divided by what is left.</param>
public sealed class SeededDropout(double rate) : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    /// <summary>Seed of the choice.</summary>
    public ulong Seed { get; set; }

    /// <summary>The step of the training, by which the choice changes.</summary>
    public ulong Step { get; set; }

    /// <summary>Any shape, float32 → the same shape; the input itself outside training.</summary>
    public override Tensor forward(Tensor input)
    {
        if (!training) return input;
        var random = new CounterRandom(Seed, Step);
        var factors = new float[input.numel()];
        var kept = (float)(1 / (1 - rate));
        for (var i = 0; i < factors.Length; i++) factors[i] = random.NextDouble() < rate ? 0 : kept;
        using var factor = tensor(factors, input.shape, device: input.device);
        return input.mul(factor);
    }
}
