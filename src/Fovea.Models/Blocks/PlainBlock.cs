using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Blocks;

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
