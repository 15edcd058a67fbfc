using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judging.Networks;

/// <summary>
/// A compact convolutional network for image quality: blocks down to 8 × 8, the means and the maxima over the map, one linear layer. Maxima are
/// there because one sharp vessel says that a picture is sharp.
/// </summary>
internal sealed class GraderNetwork : nn.Module<Tensor, Tensor>
{
    private const int FinalSide = 8;
    private const int MostChannels = 128;
    private const int Groups = 8;
    private const double Dropout = 0.3;
    [ComponentName(Name = "stem")] private readonly PaddedConvolution _stem;
    [ComponentName(Name = "blocks")] private readonly ModuleList<DownsamplingBlock> _blocks;
    [ComponentName(Name = "norm")] private readonly GroupNorm _norm;
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <param name="side">Side of the images: a power of two from 32 on.</param>
    /// <param name="width">Channels of the first layer, a multiple of 8.</param>
    public GraderNetwork(int side, int width) : base(nameof(GraderNetwork))
    {
        // Large images are halved at once: quality shows at 64 px and the first map is the dearest.
        var stride = side > 64 ? 2 : 1;
        _stem = new PaddedConvolution(3, width, kernel: 3, stride);
        var blocks = new List<DownsamplingBlock>();
        var channels = width;
        for (var map = side / stride; map > FinalSide; map /= 2)
        {
            var next = Math.Min(MostChannels, 2 * channels);
            blocks.Add(new DownsamplingBlock(channels, next));
            channels = next;
        }

        _blocks = [.. blocks];
        _norm = Layers.GroupNorm(Groups, channels);
        _head = nn.Linear(2 * channels, 3);
        RegisterComponents();
    }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch, 3] logits of good, usable, reject.</summary>
    public override Tensor forward(Tensor input)
    {
        var map = _stem.call(input);
        foreach (var block in _blocks) map = block.call(map);
        map = nn.functional.silu(_norm.call(map));
        var features = cat([map.mean([2, 3]), map.amax([2, 3])], 1);
        return _head.call(nn.functional.dropout(features, Dropout, training));
    }
}
