using Fovea.Core.Random;
using Fovea.Judges.Networks;
using Fovea.Judges.Training;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Parts;

/// <summary>
/// Trains a segmenter of images in memory. The loss is cross entropy and 1 − Dice in equal parts: vessels are few pixels (Milletari et al. 2016, arXiv
/// 1606.04797).
/// </summary>
/// <param name="options">How.</param>
/// <param name="pairs">Images with their masks, [side · side], 0 to 255.</param>
/// <param name="side">Their side in pixels, even.</param>
/// <param name="compute">Gives the device; the CPU when null.</param>
internal sealed class SegmenterStage(JudgeOptions options, IReadOnlyList<(byte[] Image, byte[] Mask)> pairs, int side, ComputeContext? compute)
    : JudgeStage<SegmenterNetwork>(options, pairs.Count, new SegmenterNetwork(options.Width), (_, _) => { }, compute)
{
    private readonly ulong _seed = (ulong)options.Seed;

    public override string Name => "segmenter";

    /// <summary>The pixels of each image that are of the mask, by odds above even.</summary>
    public bool[][] Segment(byte[][] images)
    {
        using var scope = NewDisposeScope();
        var odds = TensorSpans.ToArray<float>(Judge.call(ImageTensors.FromPixels(images, side, Device)).cpu());
        return [.. odds.Chunk(side * side).Select(values => values.Select(value => value > 0).ToArray())];
    }

    protected override Tensor Loss(int[] items, long step)
    {
        var changes = new PictureChanges(new CounterRandom(_seed, (ulong)step));
        var masks = items.SelectMany(item => pairs[item].Mask).Select(value => value / 255f).ToArray();
        var images = ImageTensors.FromPixels([.. items.Select(item => pairs[item].Image)], side, Device);
        // The masks go where their images go.
        var both = cat([images, TensorSpans.FromFloats(masks, items.Length, 1, side, side).to(Device)], 1);
        var placed = changes.Placed(both, PictureChanges.AllTurns, out _);
        var truth = placed.narrow(1, 3, 1);
        var odds = Judge.call(changes.Coloured(placed.narrow(1, 0, 3)).Times(2).Minus(1));
        var share = odds.sigmoid();
        var dice = share.mul(truth).sum().Times(2).Plus(1).div(share.sum().Plus(truth.sum()).Plus(1));
        return nn.functional.binary_cross_entropy_with_logits(odds, truth).sub(dice).Plus(1);
    }
}
