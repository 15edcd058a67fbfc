using Fovea.Models.Blocks;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Autoencoders;

/// <summary>
/// The convolutional encoder of the autoencoder. Beside the convolutions a linear shortcut takes each block of pixels straight to
/// its latent, which <see cref="LinearStart"/> sets to the principal components of the data; the last convolution starts at zero, so
/// training starts from principal component analysis and the convolutions learn what it misses. The shortcut is after the
/// residual autoencoding of Chen et al. 2024 (arXiv 2410.10733).
/// </summary>
public sealed class Encoder : nn.Module<Tensor, Tensor>, ISeededModule
{
    private readonly int _patch;
    [ComponentName(Name = "input")] private readonly PaddedConvolution _input;
    [ComponentName(Name = "levels")] private readonly ModuleList<nn.Module<Tensor, Tensor>> _levels;
    [ComponentName(Name = "middle")] private readonly ResidualBlock _middle;
    [ComponentName(Name = "output_norm")] private readonly GroupNorm _outputNorm;
    [ComponentName(Name = "output")] private readonly PaddedConvolution _output;
    private readonly int _downsampling;
    [ComponentName(Name = "shortcut")] private readonly Conv2d _shortcut;

    /// <summary>Builds the encoder with fresh weights.</summary>
    public Encoder(AutoencoderOptions options, ConvolutionFactory convolutions) : base(nameof(Encoder))
    {
        _patch = options.Patch;
        var current = options.Channels[0];
        _input = new PaddedConvolution(3 * _patch * _patch, current);
        _levels = nn.ModuleList<nn.Module<Tensor, Tensor>>();
        for (var level = 0; level < options.Channels.Count; level++)
        {
            if (level > 0) _levels.append(new PaddedConvolution(current, current, stride: 2));
            for (var block = 0; block < options.Blocks; block++)
            {
                _levels.append(new PlainBlock($"encoder.level{level + 1}", current, options.Channels[level], convolutions));
                current = options.Channels[level];
            }
        }

        _middle = new ResidualBlock("encoder.middle", current, current, convolutions);
        _outputNorm = Layers.GroupNorm(NormGroups.For(current), current);
        _output = new PaddedConvolution(current, 2 * options.LatentChannels);
        _downsampling = options.Downsampling;
        _shortcut = Layers.Pointwise(3 * _downsampling * _downsampling, 2 * options.LatentChannels);
        RegisterComponents();
    }

    /// <summary>
    /// Images [batch, 3, side, side] in [−1, 1] → [batch, 2·latentChannels, side/f, side/f]: the means of the latent's posterior,
    /// then the logarithms of its variances.
    /// </summary>
    public override Tensor forward(Tensor images)
    {
        var hidden = _input.call(_patch == 1 ? images : nn.functional.pixel_unshuffle(images, _patch));
        foreach (var layer in _levels) hidden = layer.call(hidden);
        hidden = _middle.call(hidden, null);
        var linear = _shortcut.call(nn.functional.pixel_unshuffle(images, _downsampling));
        return _output.call(nn.functional.silu(_outputNorm.call(hidden))).Plus(linear);
    }

    /// <summary>The last convolution starts at zero: the linear shortcut alone.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ParameterInitializer.Constant(_output.Weight, 0);
        ParameterInitializer.Constant(_output.Bias, 0);
    }

    internal Conv2d Shortcut => _shortcut;
}
