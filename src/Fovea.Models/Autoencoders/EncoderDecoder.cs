using Fovea.Models.Blocks;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp;
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

/// <summary>
/// Principal component analysis as the autoencoder's starting point. Each block of f × f pixels is one sample; the latent's
/// channels become its leading components, scaled to unit variance, with a small posterior variance.
/// </summary>
internal static class LinearStart
{
    private const double StartLogVariance = -6;
    private const double SmallestVariance = 1e-6;

    internal static void Apply(Tensor images, AutoencoderOptions options, Conv2d encode, Conv2d decode)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var blocks = nn.functional.pixel_unshuffle(images, options.Downsampling).permute(0, 2, 3, 1).flatten(0, 2).to_type(ScalarType.Float64);
        var mean = blocks.mean([0]);
        var centred = blocks.sub(mean);
        using Scalar count = (double)blocks.shape[0];
        var (variances, vectors) = linalg.eigh(centred.transpose(0, 1).matmul(centred).div(count));
        using Scalar smallest = SmallestVariance;
        var dimensions = (int)variances.shape[0];
        var kept = Math.Min(options.LatentChannels, dimensions);
        var deviations = variances.narrow(0, dimensions - kept, kept).clamp_min(smallest).sqrt();
        var components = vectors.narrow(1, dimensions - kept, kept).transpose(0, 1);

        var encoding = components.div(deviations.unsqueeze(1));
        Fill(encode, 0, StartLogVariance, options.LatentChannels);
        encode.weight!.narrow(0, 0, kept).copy_(encoding.view(kept, dimensions, 1, 1));
        encode.bias!.narrow(0, 0, kept).copy_(encoding.matmul(mean).neg());
        Fill(decode, 0, 0, options.LatentChannels);
        decode.weight!.narrow(1, 0, kept).copy_(components.mul(deviations.unsqueeze(1)).transpose(0, 1).view(dimensions, kept, 1, 1));
        decode.bias!.copy_(mean);
    }

    private static void Fill(Conv2d layer, double weight, double laterBias, int latentChannels)
    {
        using Scalar zero = weight;
        using Scalar later = laterBias;
        layer.weight!.fill_(zero);
        layer.bias!.fill_(zero);
        if (layer.bias.shape[0] == 2 * latentChannels) layer.bias.narrow(0, latentChannels, latentChannels).fill_(later);
    }
}
