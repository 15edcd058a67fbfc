using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Judging.Grading;
using Fovea.Judging.Networks;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

/// <summary>Trains a grader on labelled images.</summary>
internal sealed class GraderStage : JudgeStage<GraderNetwork>
{
    private const double LabelSmoothing = 0.05;
    private readonly int _seed;
    private readonly ImageDataset _dataset;
    private readonly IReadOnlyList<(int Index, QualityGrade Grade)> _images;
    private readonly Tensor _classWeights;

    /// <summary>Builds the stage with seeded initial weights.</summary>
    /// <param name="options">How.</param>
    /// <param name="dataset">The images' dataset.</param>
    /// <param name="images">Which, with their grades.</param>
    /// <param name="export">Stores the averaged network; given the steps done.</param>
    public GraderStage(JudgeOptions options, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> images, Action<GraderNetwork, long> export)
        : base(options, images.Count, new GraderNetwork(dataset.Size, options.Width), export)
    {
        (_seed, _dataset, _images) = (options.Seed, dataset, images);
        _classWeights = tensor(ClassWeights(images)).DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public override string Name => "grader";

    /// <inheritdoc />
    public override void Dispose()
    {
        _classWeights.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Tensor Loss(int[] items, long step)
    {
        var batch = items.Select(i => _images[i]).ToArray();
        var (images, grades) = new GraderAugmentation(new CounterRandom((ulong)_seed, (ulong)step))
            .Apply(ImageTensors.FromDataset(_dataset, [.. batch.Select(item => item.Index)]), [.. batch.Select(item => item.Grade)]);
        var targets = tensor(grades.Select(grade => (long)grade).ToArray());
        return nn.functional.cross_entropy(Judge.call(images), targets, weight: _classWeights, label_smoothing: LabelSmoothing);
    }

    /// <summary>√(mean count / count): rare grades weigh more, not so much that they drown the others.</summary>
    private static float[] ClassWeights(IReadOnlyList<(int Index, QualityGrade Grade)> images)
    {
        var counts = Enum.GetValues<QualityGrade>().Select(grade => Math.Max(1, images.Count(image => image.Grade == grade))).ToArray();
        return [.. counts.Select(count => (float)Math.Sqrt(counts.Average() / count))];
    }
}
