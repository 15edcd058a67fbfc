using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judges.Networks;

/// <summary>
/// What the networks that look at whole pictures share: a stem, residual blocks down to 8 × 8, and a normalised, activated map. A base class and
/// no part, because the weights' names are at the root of the files there are.
/// </summary>
internal abstract class ConvolutionalTrunk : nn.Module<Tensor, Tensor>
{
    /// <summary>Groups of the normalisations.</summary>
    private protected const int Groups = 8;

    private const int FinalSide = 8;

    // TorchSharp registers the fields that a derived class sees, so these cannot be private.
    [ComponentName(Name = "stem")] private protected readonly PaddedConvolution _stem;
    [ComponentName(Name = "blocks")] private protected readonly ModuleList<DownsamplingBlock> _blocks;
    [ComponentName(Name = "norm")] private protected readonly GroupNorm _norm;

    /// <param name="name">The network's name.</param>
    /// <param name="side">Side of the images: a power of two from 16 on.</param>
    /// <param name="width">Channels of the first layer, a multiple of 8.</param>
    /// <param name="mostChannels">Channels double from block to block up to this.</param>
    protected ConvolutionalTrunk(string name, int side, int width, int mostChannels) : base(name)
    {
        // Large images are halved at once: quality shows at 64 px and the first map is the dearest.
        var stride = side > 64 ? 2 : 1;
        _stem = new PaddedConvolution(3, width, kernel: 3, stride);
        var blocks = new List<DownsamplingBlock>();
        var channels = width;
        for (var map = side / stride; map > FinalSide; map /= 2)
        {
            var next = Math.Min(mostChannels, 2 * channels);
            blocks.Add(new DownsamplingBlock(channels, next));
            channels = next;
        }

        _blocks = [.. blocks];
        _norm = Layers.GroupNorm(Groups, channels);
        Channels = channels;
    }

    /// <summary>Channels of the map.</summary>
    private protected int Channels { get; }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch, channels, 8, 8], normalised and activated.</summary>
    private protected Tensor Map(Tensor input)
    {
        var map = _stem.call(input);
        foreach (var block in _blocks) map = block.call(map);
        return nn.functional.silu(_norm.call(map));
    }
}

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
        return down.Plus(_conv2.call(nn.functional.silu(_norm2.call(hidden))));
    }
}
