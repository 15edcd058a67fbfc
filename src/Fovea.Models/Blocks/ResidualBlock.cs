using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

/// <summary>
/// A residual block: GroupNorm, SiLU, 3×3 convolution, GroupNorm, optional scale-and-shift by an embedding, SiLU, then the layer
/// that <see cref="ConvolutionFactory"/> gives for the block's place (a convolution, or a quantum convolution, which makes this a
/// quantum residual block), added to the input (1×1 convolution where the channel count changes).
/// </summary>
public sealed class ResidualBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    [ComponentName(Name = "norm1")] private readonly GroupNorm _norm1;
    [ComponentName(Name = "conv1")] private readonly PaddedConvolution _conv1;
    [ComponentName(Name = "norm2")] private readonly GroupNorm _norm2;
    [ComponentName(Name = "conv2")] private readonly nn.Module<Tensor, Tensor> _conv2;
    [ComponentName(Name = "modulation")] private readonly Linear? _modulation;
    [ComponentName(Name = "shortcut")] private readonly Conv2d? _shortcut;

    /// <summary>Builds the block.</summary>
    /// <param name="place">The block's place in the network, by which the second convolution is chosen.</param>
    /// <param name="inputChannels">Channels in.</param>
    /// <param name="outputChannels">Channels out.</param>
    /// <param name="convolutions">Makes the second convolution.</param>
    /// <param name="embeddingChannels">Width of the embedding that modulates the block; 0 for none.</param>
    public ResidualBlock(string place, int inputChannels, int outputChannels, ConvolutionFactory convolutions, int embeddingChannels = 0)
        : base(nameof(ResidualBlock))
    {
        _norm1 = Layers.GroupNorm(NormGroups.For(inputChannels), inputChannels);
        _conv1 = new PaddedConvolution(inputChannels, outputChannels);
        _norm2 = Layers.GroupNorm(NormGroups.For(outputChannels), outputChannels);
        _conv2 = convolutions.Create(place, outputChannels);
        if (embeddingChannels > 0) _modulation = nn.Linear(embeddingChannels, 2 * outputChannels);
        if (inputChannels != outputChannels) _shortcut = Layers.Pointwise(inputChannels, outputChannels);
        RegisterComponents();
    }

    /// <summary>
    /// [batch, inputChannels, height, width], embedding [batch, embeddingChannels] or null → [batch, outputChannels, height, width].
    /// </summary>
    public override Tensor forward(Tensor input, Tensor? embedding)
    {
        var hidden = _conv1.call(nn.functional.silu(_norm1.call(input)));
        hidden = _norm2.call(hidden);
        if (_modulation is not null && embedding is not null)
        {
            var parts = _modulation.call(nn.functional.silu(embedding)).unsqueeze(-1).unsqueeze(-1).Parts(2, 1);
            hidden = hidden.addcmul(hidden, parts[0], Constants.One).Plus(parts[1]);
        }

        hidden = _conv2.call(nn.functional.silu(hidden));
        return hidden.Plus(_shortcut is null ? input : _shortcut.call(input));
    }
}

/// <summary>A residual block without an embedding, as a one-argument layer.</summary>
internal sealed class PlainBlock : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "block")] private readonly ResidualBlock _block;

    internal PlainBlock(string place, int inputChannels, int outputChannels, ConvolutionFactory convolutions) : base(nameof(PlainBlock))
    {
        _block = new ResidualBlock(place, inputChannels, outputChannels, convolutions);
        RegisterComponents();
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input) => _block.call(input, null);
}

/// <summary>The number of groups of a GroupNorm: the largest divisor of the channel count up to 8 that leaves at least 4 channels each.</summary>
internal static class NormGroups
{
    internal static int For(int channels)
    {
        for (var groups = 8; groups > 1; groups--)
        {
            if (channels % groups == 0 && channels / groups >= 4)
                return groups;
        }

        return 1;
    }
}

/// <summary>Scalars used in hot code: held here for the process's life, since a dispose scope does not keep a scalar alive.</summary>
internal static class Constants
{
    internal static readonly Scalar One = 1f;
}
