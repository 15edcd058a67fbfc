using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>Doubling of the resolution.</summary>
internal static class Upsampling
{
    /// <summary>[batch, channels, height, width] → [batch, channels, 2·height, 2·width], each value repeated.</summary>
    internal static Tensor Nearest(Tensor input) =>
        nn.functional.interpolate(input, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
}
