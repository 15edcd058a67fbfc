using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judges.Networks;

/// <summary>
/// A small network that says of each pixel whether it is of a mask: two resolutions, joined by a skip (Ronneberger et al. 2015, arXiv 1505.04597).
/// </summary>
internal sealed class SegmenterNetwork : nn.Module<Tensor, Tensor>
{
    private const int Groups = 8;
    [ComponentName(Name = "stem")] private readonly PaddedConvolution _stem;
    [ComponentName(Name = "fine")] private readonly PaddedConvolution _fine;
    [ComponentName(Name = "down")] private readonly PaddedConvolution _down;
    [ComponentName(Name = "coarse")] private readonly PaddedConvolution _coarse;
    [ComponentName(Name = "stem_norm")] private readonly GroupNorm _stemNorm;
    [ComponentName(Name = "norm")] private readonly GroupNorm _norm;
    [ComponentName(Name = "join")] private readonly PaddedConvolution _join;
    [ComponentName(Name = "output")] private readonly Conv2d _output;

    /// <summary>Builds the network.</summary>
    /// <param name="width">Channels of the finer resolution, a multiple of 8.</param>
    public SegmenterNetwork(int width) : base(nameof(SegmenterNetwork))
    {
        _stem = new PaddedConvolution(3, width);
        _stemNorm = Layers.GroupNorm(Groups, width);
        _fine = new PaddedConvolution(width, width);
        _down = new PaddedConvolution(width, 2 * width, stride: 2);
        _coarse = new PaddedConvolution(2 * width, 2 * width);
        _norm = Layers.GroupNorm(Groups, 3 * width);
        _join = new PaddedConvolution(3 * width, width);
        _output = Layers.Pointwise(width, 1);
        RegisterComponents();
    }

    /// <summary>Images [batch, 3, side, side] in [−1, 1], of an even side → log-odds [batch, 1, side, side].</summary>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var fine = nn.functional.silu(_fine.call(nn.functional.silu(_stemNorm.call(_stem.call(images)))));
        var coarse = nn.functional.silu(_coarse.call(nn.functional.silu(_down.call(fine))));
        var joined = cat([fine, nn.functional.interpolate(coarse, [images.shape[2], images.shape[3]], mode: InterpolationMode.Nearest)], 1);
        return _output.call(nn.functional.silu(_join.call(_norm.call(joined)))).MoveToOuterDisposeScope();
    }
}
