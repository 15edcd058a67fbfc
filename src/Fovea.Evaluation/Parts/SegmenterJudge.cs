using Fovea.Core;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Results;
using Fovea.Judges.Training;
using Fovea.Metrics.Statistics;
using Fovea.Torch.Runtime;
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
        if (request.DownstreamSteps == 0) return (null, "--downstream-steps is 0");
        if (MaskPairs.VesselClass(masks.Names) is not { } label)
            return (null, $"none of the masks ({string.Join(", ", masks.Names)}) is called like vessels");
        if (images.Training is not { } training || images.TrainingDataset is not { } dataset)
            return (null, "the generator's training images are not known; name their dataset with --train");
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
