using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;
using Fovea.Tests.Evaluation.Images;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Evaluation.Parts;

/// <summary>Small segmenters on phantoms, whose vessels are known.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class SegmenterJudgeTests(PhantomImages images)
{
    private const int Count = 24;
    private const int Steps = 90;
    private const ulong Persons = 77; // of PhantomImages.Generated

    [Fact]
    public void Judge_TrueAndWrongMasks_TellWhatCanBeLearnt()
    {
        var (judgement, reason) = Judge(shift: 0, Steps);
        Assert.Null(reason);
        Assert.Equal(("vessels", Steps, 30), (judgement!.Mask, judgement.Steps, judgement.TestPairs));
        Assert.Equal([("real", Count), ("generated", Count), ("both", 2 * Count)], judgement.Rows.Select(row => (row.TrainedOn, row.Pairs)));
        var wrong = Judge(shift: 5, Steps).Judgement!;
        // The same segmenter of real pairs; one of images with the masks of others learns nothing.
        Assert.Equal(judgement.Rows[0], wrong.Rows[0]);
        Assert.True(judgement.Rows[1].Dice.Interval!.Value.Low > wrong.Rows[1].Dice.Value, $"{judgement.Rows[1]} {wrong.Rows[1]}");
        Assert.All(judgement.Rows, row => Assert.InRange(row.Dice.Value, 0.3, 1));
    }

    [Fact]
    public void Judge_NoStepsOrNoPairs_IsNotMeasured()
    {
        Assert.Equal((null, "the steps of the downstream test are 0"), Judge(shift: 0, steps: 0));
        var request = images.Request(images.Generated(Count));
        using var read = EvaluationImages.Read(request, TestContext.Current.CancellationToken);
        Assert.Equal(default, new SegmenterJudge(request, TestContext.Current.CancellationToken).Judge(read));
    }

    private (SegmenterJudgement? Judgement, string? Reason) Judge(int shift, int steps)
    {
        var folder = images.Generated(Count);
        NamedMask[] masks = [.. Enumerable.Range(0, Count)
            .Select(k => new NamedMask($"m{k}", PhantomRenderer.Masks(PhantomParameters.Sample(Persons, (k + shift) % Count), PhantomImages.Side)))];
        MaskSource.Write(folder, new MaskPictures(PhantomRenderer.MaskNames, PhantomImages.Side), masks, 0, null, 1);
        var request = images.Request(folder) with { DownstreamSteps = steps, Compute = ComputeContext.Start(1, "cpu") };
        using var read = EvaluationImages.Read(request, TestContext.Current.CancellationToken);
        return new SegmenterJudge(request, TestContext.Current.CancellationToken).Judge(read);
    }
}
