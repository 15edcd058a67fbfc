using Fovea.Models.Blocks;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Autoencoders;

/// <summary>The convolutional decoder of the autoencoder, the encoder's mirror image, with the same linear shortcut.</summary>
public sealed class Decoder : nn.Module<Tensor, Tensor>, ISeededModule
{
    private readonly int _patch;
    [ComponentName(Name = "input")] private readonly PaddedConvolution _input;
    [ComponentName(Name = "middle")] private readonly ResidualBlock _middle;
    [ComponentName(Name = "levels")] private readonly ModuleList<nn.Module<Tensor, Tensor>> _levels;
    [ComponentName(Name = "output_norm")] private readonly GroupNorm _outputNorm;
    [ComponentName(Name = "output")] private readonly PaddedConvolution _output;
    private readonly int _downsampling;
    [ComponentName(Name = "shortcut")] private readonly Conv2d _shortcut;

    /// <summary>Builds the decoder with fresh weights.</summary>
    public Decoder(AutoencoderOptions options, ConvolutionFactory convolutions) : base(nameof(Decoder))
    {
        _patch = options.Patch;
        var current = options.Channels[^1];
        _input = new PaddedConvolution(options.LatentChannels, current);
        _middle = new ResidualBlock("decoder.middle", current, current, convolutions);
        _levels = nn.ModuleList<nn.Module<Tensor, Tensor>>();
        for (var level = options.Channels.Count - 1; level >= 0; level--)
        {
            for (var block = 0; block < options.Blocks; block++)
            {
                _levels.append(new PlainBlock($"decoder.level{level + 1}", current, options.Channels[level], convolutions));
                current = options.Channels[level];
            }

            if (level == 0) break;
            _levels.append(new UpsamplingConvolution(current, options.Channels[level - 1]));
            current = options.Channels[level - 1];
        }

        _outputNorm = Layers.GroupNorm(NormGroups.For(current), current);
        _output = new PaddedConvolution(current, 3 * _patch * _patch);
        _downsampling = options.Downsampling;
        _shortcut = Layers.Pointwise(options.LatentChannels, 3 * _downsampling * _downsampling);
        RegisterComponents();
    }

    /// <summary>Latents [batch, latentChannels, side/f, side/f] → images [batch, 3, side, side], about [−1, 1], not clamped.</summary>
    public override Tensor forward(Tensor latents)
    {
        var hidden = _middle.call(_input.call(latents), null);
        foreach (var layer in _levels) hidden = layer.call(hidden);
        var output = _output.call(nn.functional.silu(_outputNorm.call(hidden)));
        var detail = _patch == 1 ? output : nn.functional.pixel_shuffle(output, _patch);
        return detail.Plus(nn.functional.pixel_shuffle(_shortcut.call(latents), _downsampling));
    }

    /// <summary>The last convolution starts at zero: the linear shortcut alone.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ParameterInitializer.Constant(_output.Weight, 0);
        ParameterInitializer.Constant(_output.Bias, 0);
    }

    internal Conv2d Shortcut => _shortcut;
}
