using Fovea.Core.Random;
using Fovea.Torch.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Torch.Modules;

/// <summary>Factories for the layers whose constructors leave something to be set.</summary>
public static class Layers
{
    /// <summary>
    /// Group normalisation over [batch, channels, ...] with weight 1 and bias 0 (Wu and He, "Group normalization", ECCV 2018).
    /// TorchSharp's own factory leaves both uninitialised: use this one everywhere.
    /// </summary>
    /// <param name="groups">Number of groups; divides <paramref name="channels"/>.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels, or either is not positive.</exception>
    public static GroupNorm GroupNorm(long groups, long channels, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        if (channels % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {channels} channels", nameof(groups));
        var layer = nn.GroupNorm(groups, channels, epsilon);
        nn.init.ones_(layer.weight!);
        nn.init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>
    /// A 1×1 convolution [batch, inputs, height, width] → [batch, outputs, height, width]; for larger kernels see <see cref="PaddedConvolution"/>.
    /// </summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    public static Conv2d Pointwise(long inputs, long outputs)
    {
        NativeLog.Quieten();
        return nn.Conv2d(inputs, outputs, 1);
    }

    /// <summary>
    /// A convolution that keeps groups of channels apart, [batch, inputs, height, width] → [batch, outputs, height, width]: as many groups as the smaller of
    /// both numbers, which divides the larger.
    /// </summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Side of the kernel, odd; the map keeps its size.</param>
    public static Conv2d Depthwise(long inputs, long outputs, long kernel = 1)
    {
        NativeLog.Quieten();
        return nn.Conv2d(inputs, outputs, kernel, padding: kernel / 2, groups: Math.Min(inputs, outputs));
    }
}

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
