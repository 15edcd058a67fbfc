using Fovea.Core;
using Fovea.Core.Random;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Judges.Networks;
using Fovea.Judges.Training;
using Fovea.Metrics.Statistics;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Parts;

/// <summary>
/// Trains segmenters of vessels on pairs of image and mask: on real ones, on generated images with the masks that they were drawn for, and on both; tests them
/// on held-out real pairs.
/// </summary>
/// <param name="request">Steps and seed.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class SegmenterJudge(EvaluationRequest request, CancellationToken cancellation)
{
    private const int Batch = 8;
    private const int Width = 16;
    private const int LeastPairs = 20;
    private const double Rate = 1e-2;
    private const byte Half = 128;

    /// <summary>The judgement, or why there is none; neither where the images were not drawn for masks, or the real ones have none.</summary>
    public (SegmenterJudgement? Judgement, string? Reason) Judge(EvaluationImages images)
    {
        var drawn = images.Masks is null ? [] : MaskPairs.Of(images.Generated);
        if (images.Masks is not { } masks || drawn.Count == 0) return default;
        if (images.IsCropped) return (null, MaskPairs.Cropped);
        if (request.DownstreamSteps == 0) return (null, "the steps of the downstream test are 0");
        if (MaskPairs.VesselClass(masks.Names) is not { } label)
            return (null, $"none of the masks ({string.Join(", ", masks.Names)}) is called like vessels");
        if (images.Training is not { } training || images.TrainingDataset is not { } dataset)
            return (null, "the generator's training images are not known; name the dataset that it was trained on");
        var name = masks.Names[label];
        if (dataset.Masks?.Names.ToList().IndexOf(name) is not (>= 0 and var place)) return (null, $"{dataset.Folder} has no masks of {name}");
        if (images.Real.Side % 2 != 0) return (null, $"images of {images.Real.Side} px; an even side is needed");
        var side = images.Real.Side;
        var test = MaskPairs.Of(images.Real, images.RealDataset, label).Where(pair => pair.Mask.Any(value => value >= Half)).ToArray();
        var real = MaskPairs.Of(training, dataset, place);
        var generated = drawn.Select(pair => (images.Generated.Pixels[pair.Image], MaskPairs.Read(pair, name, side))).ToArray();
        if (new[] { test.Length, real.Length, generated.Length }.Min() < LeastPairs) return (null, $"fewer than {LeastPairs} pairs of image and mask");
        // Real and generated alone learn from equally many pairs, as all three do a step; the order is by content, so the first are any.
        var count = Math.Min(real.Length, generated.Length);
        var (some, others) = (real[..count], generated[..count]);
        (string Name, (byte[], byte[])[] Pairs)[] arms = [("real", some), ("generated", others), ("both", [.. some, .. others])];
        var rows = arms.Select(arm => new SegmenterRow(arm.Name, arm.Pairs.Length, Test(arm.Name, arm.Pairs, test, side))).ToArray();
        return (new SegmenterJudgement(name, test.Length, request.DownstreamSteps, rows), null);
    }

    private Figure Test(string name, (byte[] Image, byte[] Mask)[] pairs, (byte[] Image, byte[] Mask)[] test, int side)
    {
        var options = new JudgeOptions { Steps = request.DownstreamSteps, Batch = Batch, Width = Width, LearningRate = Rate, Seed = request.Seed };
        using var stage = new SegmenterStage(options, pairs, side, request.Compute);
        for (var step = 0; step < options.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            CollectionPause.Run(() => stage.Step(step));
            if (step % 10 == 9) request.Progress?.Report(new ProgressUpdate($"segmenter on {name}", step + 1, options.Steps, "steps"));
        }

        stage.Network.eval();
        using var noGradient = no_grad();
        var found = test.Chunk(Batch).SelectMany(batch => CollectionPause.Run(() => stage.Segment([.. batch.Select(pair => pair.Image)]))).ToArray();
        double[] dice = [.. test.Zip(found).Select(pair => Dice(pair.First.Mask, pair.Second))];
        var resamples = new BootstrapOptions { Seed = (ulong)request.Seed, Threads = request.Threads };
        var mean = Bootstrap.Estimate(dice.Length, list => list.Average(k => dice[k]), resamples);
        return new Figure(mean.Estimate, mean.Bca ?? mean.Percentile);
    }

    // 2·|A ∩ B| / (|A| + |B|); a test mask is never empty.
    private static double Dice(byte[] mask, bool[] found)
    {
        var (both, sum) = (0, 0);
        for (var at = 0; at < mask.Length; at++)
        {
            both += mask[at] >= Half && found[at] ? 2 : 0;
            sum += (mask[at] >= Half ? 1 : 0) + (found[at] ? 1 : 0);
        }

        return both / (double)sum;
    }
}

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
