using Fovea.Models.Blocks;
using Fovea.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Autoencoders;

/// <summary>
/// A small patch discriminator: strided convolutions to one score for each patch of the image. Isola et al. 2017
/// (arXiv 1611.07004), with GroupNorm in place of batch normalisation so that samples of a batch do not mix.
/// </summary>
public sealed class PatchDiscriminator : nn.Module<Tensor, Tensor>
{
    private static readonly Scalar LeakySlope = 0.2f;
    [ComponentName(Name = "conv1")] private readonly PaddedConvolution _conv1;
    [ComponentName(Name = "conv2")] private readonly PaddedConvolution _conv2;
    [ComponentName(Name = "norm2")] private readonly GroupNorm _norm2;
    [ComponentName(Name = "conv3")] private readonly PaddedConvolution _conv3;
    [ComponentName(Name = "norm3")] private readonly GroupNorm _norm3;
    [ComponentName(Name = "output")] private readonly PaddedConvolution _output;

    /// <summary>Builds the discriminator with <paramref name="channels"/> channels after its first layer.</summary>
    public PatchDiscriminator(int channels = 32) : base(nameof(PatchDiscriminator))
    {
        _conv1 = new PaddedConvolution(3, channels, kernel: 4, stride: 2);
        _conv2 = new PaddedConvolution(channels, 2 * channels, kernel: 4, stride: 2);
        _norm2 = Layers.GroupNorm(NormGroups.For(2 * channels), 2 * channels);
        _conv3 = new PaddedConvolution(2 * channels, 4 * channels);
        _norm3 = Layers.GroupNorm(NormGroups.For(4 * channels), 4 * channels);
        _output = new PaddedConvolution(4 * channels, 1);
        RegisterComponents();
    }

    /// <summary>Images [batch, 3, side, side] → scores [batch, 1, side/4, side/4]; higher means "looks real".</summary>
    public override Tensor forward(Tensor images)
    {
        var hidden = _conv1.call(images).leaky_relu(LeakySlope);
        hidden = _norm2.call(_conv2.call(hidden)).leaky_relu(LeakySlope);
        hidden = _norm3.call(_conv3.call(hidden)).leaky_relu(LeakySlope);
        return _output.call(hidden);
    }
}
