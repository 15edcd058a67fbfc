using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judging.Networks;

/// <summary>Halves the sides by a strided convolution, then one residual pair of convolutions (He et al. 2016, pre-activation).</summary>
internal sealed class DownsamplingBlock : nn.Module<Tensor, Tensor>
{
    private const int Groups = 8;
    [ComponentName(Name = "down")] private readonly PaddedConvolution _down;
    [ComponentName(Name = "norm1")] private readonly GroupNorm _norm1;
    [ComponentName(Name = "conv1")] private readonly PaddedConvolution _conv1;
    [ComponentName(Name = "norm2")] private readonly GroupNorm _norm2;
    [ComponentName(Name = "conv2")] private readonly PaddedConvolution _conv2;

    public DownsamplingBlock(int inputChannels, int outputChannels) : base(nameof(DownsamplingBlock))
    {
        _down = new PaddedConvolution(inputChannels, outputChannels, kernel: 3, stride: 2);
        _norm1 = Layers.GroupNorm(Groups, outputChannels);
        _conv1 = new PaddedConvolution(outputChannels, outputChannels);
        _norm2 = Layers.GroupNorm(Groups, outputChannels);
        _conv2 = new PaddedConvolution(outputChannels, outputChannels);
        RegisterComponents();
    }

    /// <summary>[batch, inputs, height, width] → [batch, outputs, height/2, width/2].</summary>
    public override Tensor forward(Tensor input)
    {
        var down = _down.call(input);
        var hidden = _conv1.call(nn.functional.silu(_norm1.call(down)));
        return down + _conv2.call(nn.functional.silu(_norm2.call(hidden)));
    }
}
