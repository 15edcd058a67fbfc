using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Keeps estimates of x0 in range. Static: limited to [−limit, limit]. Dynamic: Saharia et al., "Photorealistic text-to-image
/// diffusion models with deep language understanding", 2022, section 2.3: with s the larger of 1 and the quantile of |x0| within
/// the image, x0 is limited to [−s, s] and divided by s.
/// </summary>
public static class CleanThreshold
{
    /// <summary>Whether the options ask for a threshold.</summary>
    public static bool IsOn(SamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.CleanLimit is not null || options.DynamicThreshold is not null;
    }

    /// <summary>
    /// x0 [batch, …] with the options' threshold, a new tensor; each image's result depends on that image only.
    /// </summary>
    public static Tensor Apply(Tensor clean, SamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(options);
        if (options.CleanLimit is { } limit) return TensorMath.Clamp(clean, limit);
        return options.DynamicThreshold is { } quantile ? Dynamic(clean, quantile) : clean.alias();
    }

    private static Tensor Dynamic(Tensor clean, double quantile)
    {
        using var scope = NewDisposeScope();
        using Scalar one = 1.0;
        var magnitudes = clean.abs().flatten(1);
        var position = tensor(quantile, dtype: magnitudes.dtype, device: clean.device);
        var shape = new long[clean.dim()];
        Array.Fill(shape, 1);
        shape[0] = clean.shape[0];
        var scale = torch.quantile(magnitudes, position, dim: 1).clamp_min(one).view(shape);
        return torch.minimum(torch.maximum(clean, scale.neg()), scale).div_(scale).MoveToOuterDisposeScope();
    }
}
