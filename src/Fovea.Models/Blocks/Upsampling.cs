using Fovea.Torch.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>Doubling of the resolution.</summary>
internal static class Upsampling
{
    /// <summary>[batch, channels, height, width] → [batch, channels, 2·height, 2·width], each value repeated.</summary>
    internal static Tensor Nearest(Tensor input) =>
        nn.functional.interpolate(input, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
}

/// <summary>Nearest-neighbour doubling of the resolution, then a 3×3 convolution.</summary>
internal sealed class UpsamplingConvolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "convolution")] private readonly PaddedConvolution _convolution;

    internal UpsamplingConvolution(int inputChannels, int outputChannels) : base(nameof(UpsamplingConvolution))
    {
        _convolution = new PaddedConvolution(inputChannels, outputChannels);
        RegisterComponents();
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input) => _convolution.call(Upsampling.Nearest(input));
}
