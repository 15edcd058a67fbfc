using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Judges.Networks;

/// <summary>
/// The network of FundusNet: the trunk, maps of column and row beside its map, a 1 × 1 convolution to 128 channels, and the mean and the
/// maximum of each over the activated map, which are the features. A linear head a task reads them, so what the tasks need is in them.
/// </summary>
internal sealed class FundusNetwork : ConvolutionalTrunk
{
    /// <summary>Features an image.</summary>
    public const int Features = 256;

    // The last block is dear in weights: with 192 channels the half-precision file stays below 3 MB.
    private const int MostChannels = 192;

    // Means over a map cannot tell left from right: two maps say where a place is.
    private const int Places = 2;

    // Of each channel the mean and the maximum are features: one sharp vessel says that a picture is sharp, and a mean hardly knows of it.
    private const int Maps = Features / 2;
    private readonly int[] _outputs;
    [ComponentName(Name = "dropout")] private readonly SeededDropout _dropout = new(0.2);
    [ComponentName(Name = "widen")] private readonly Conv2d _widen;
    [ComponentName(Name = "widen_norm")] private readonly GroupNorm _widenNorm;
    [ComponentName(Name = "heads")] private readonly ModuleList<Linear> _heads;

    /// <param name="side">Side of the images: a power of two from 16 on.</param>
    /// <param name="width">Channels of the first layer, a multiple of 8.</param>
    /// <param name="outputs">Outputs of each task's head.</param>
    public FundusNetwork(int side, int width, IReadOnlyList<int> outputs) : base(nameof(FundusNetwork), side, width, MostChannels)
    {
        _outputs = [.. outputs];
        _widen = Layers.Pointwise(Channels + Places, Maps);
        _widenNorm = Layers.GroupNorm(Groups, Maps);
        _heads = [.. outputs.Select(count => nn.Linear(Features, count))];
        RegisterComponents();
    }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch, outputs of all tasks] logits, task by task.</summary>
    public override Tensor forward(Tensor input)
    {
        var features = _dropout.call(Embed(input));
        return cat([.. _heads.Select(head => head.call(features))], 1);
    }

    /// <summary>[batch, 3, side, side] in [−1, 1] → [batch, 256] features.</summary>
    public Tensor Embed(Tensor input)
    {
        var map = Map(input);
        var activated = nn.functional.silu(_widenNorm.call(_widen.call(cat([map, PlacesOf(map)], 1))));
        return cat([activated.mean([2, 3]), activated.amax([2, 3])], 1);
    }

    /// <summary>The part of the logits that belongs to a task.</summary>
    /// <param name="logits">[batch, outputs of all tasks].</param>
    /// <param name="task">Number of the task.</param>
    public Tensor LogitsOf(Tensor logits, int task) => logits.narrow(1, _outputs.Take(task).Sum(), _outputs[task]);

    /// <summary>Column and row from −1 to 1 [batch, 2, height, width].</summary>
    private static Tensor PlacesOf(Tensor map)
    {
        var (height, width) = (map.shape[2], map.shape[3]);
        var columns = linspace(-1f, 1f, (int)width, device: map.device).reshape([1, 1, 1, width]).expand([map.shape[0], 1, height, width]);
        var rows = linspace(-1f, 1f, (int)height, device: map.device).reshape([1, 1, height, 1]).expand([map.shape[0], 1, height, width]);
        return cat([columns, rows], 1);
    }
}
