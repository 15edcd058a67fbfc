using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Denoisers;

/// <summary>
/// What a denoiser is told of masks: strided convolutions bring them from the image's resolution to the latent's, where they are added to what the first
/// convolution makes of the noisy latent. The last layer begins with zeros, so that a fresh network is that without masks; an added branch that begins with
/// nothing is the idea of Zhang et al. 2023 (arXiv 2302.05543).
/// </summary>
public sealed class MaskEncoder : nn.Module<Tensor, Tensor>, ISeededModule
{
    private const int FirstChannels = 16;
    private readonly int _classes;
    [ComponentName(Name = "layers")] private readonly ModuleList<PaddedConvolution> _layers;
    [ComponentName(Name = "output")] private readonly PaddedConvolution _output;

    /// <summary>Builds the encoder.</summary>
    /// <param name="shape">Classes of masks, and pixels a side of a latent's cell.</param>
    /// <param name="channels">Channels of the denoiser's first layer.</param>
    public MaskEncoder(MaskShape shape, int channels) : base(nameof(MaskEncoder))
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.PixelsPerCell < 1 || (shape.PixelsPerCell & (shape.PixelsPerCell - 1)) != 0)
            throw new ArgumentException($"{shape.PixelsPerCell} pixels a side of a cell: a power of two is needed", nameof(shape));
        _classes = shape.Classes;
        _layers = nn.ModuleList<PaddedConvolution>();
        var (current, width) = (shape.Classes + 1, FirstChannels);
        for (var pixels = shape.PixelsPerCell; ; pixels /= 2)
        {
            _layers.append(new PaddedConvolution(current, width, stride: pixels > 1 ? 2 : 1));
            current = width;
            if (pixels <= 2) break;
            width = Math.Min(2 * width, Math.Max(channels, FirstChannels));
        }

        _output = new PaddedConvolution(current, channels);
        RegisterComponents();
    }

    /// <inheritdoc />
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ParameterInitializer.Constant(_output.Weight, 0);
        ParameterInitializer.Constant(_output.Bias, 0);
    }

    /// <summary>Masks as <see cref="UNet"/> takes them → [batch, channels, cells, cells], 0 where no mask is told.</summary>
    public override Tensor forward(Tensor masks)
    {
        using var scope = NewDisposeScope();
        var hidden = masks;
        foreach (var layer in _layers) hidden = nn.functional.silu(layer.call(hidden));
        var isTold = masks.narrow(1, _classes, 1).narrow(2, 0, 1).narrow(3, 0, 1);
        return _output.call(hidden).mul(isTold).MoveToOuterDisposeScope();
    }
}

/// <summary>The masks that a denoiser is told.</summary>
/// <param name="Classes">Classes of mask.</param>
/// <param name="PixelsPerCell">Pixels a side of a latent's cell, a power of two.</param>
public sealed record MaskShape(int Classes, int PixelsPerCell);
