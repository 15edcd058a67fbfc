using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>Nearest-neighbour doubling of the resolution, then a 3×3 convolution.</summary>
internal sealed class UpsamplingConvolution : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d _convolution;

    internal UpsamplingConvolution(int inputChannels, int outputChannels) : base(nameof(UpsamplingConvolution)) =>
        register_module("convolution", _convolution = nn.Conv2d(inputChannels, outputChannels, 3, padding: 1));

    /// <inheritdoc />
    public override Tensor forward(Tensor input) => _convolution.call(Upsampling.Nearest(input));
}
