using Fovea.Core;
using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Grading;
using Fovea.Judges.Networks;
using Fovea.Judges.Provenance;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judges.Training;

/// <summary>Trains a grader on a dataset's training images and tests it on its held-out ones.</summary>
public static class GraderTraining
{
    /// <summary>Name of the weights' file in the output folder.</summary>
    public const string WeightsName = "grader.safetensors";

    /// <summary>Name of the file with the weights in half precision.</summary>
    public const string HalfWeightsName = "grader-f16.safetensors";

    /// <summary>Trains, writes the weights in single and in half precision and <c>confusion.json</c>, and returns the confusion on held-out images.</summary>
    /// <exception cref="Core.Errors.InputException">The dataset has no quality labels, or the folder is in the way.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the request with <see cref="GraderRequest.Resume"/> continues.</exception>
    public static GraderConfusion Run(GraderRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var dataset = ImageDataset.Open(request.Dataset);
        var (training, heldOut) = (QualityLabels.Of(dataset, Split.Train), QualityLabels.Of(dataset, Split.Val));
        using var folder = JudgeTraining.Open(request.Output, request.Options, dataset, labels: null, request.Resume);
        var weights = Path.Combine(folder.Path, WeightsName);
        JudgeMetadata MetadataAfter(long steps) => JudgeTraining.MetadataOf(request.Options, dataset, training.Select(image => image.Index), steps);
        using (var stage = new GraderStage(
            request.Options,
            dataset,
            training,
            (network, steps) => GraderFile.Save(weights, network, new(MetadataAfter(steps))),
            request.Compute))
        {
            JudgeTraining.Train(stage, folder, request.Progress, cancellation);
        }

        var half = Path.Combine(folder.Path, HalfWeightsName);
        using (var single = GraderFile.Load(weights)) single.Save(half, single.Metadata, asHalf: true);
        var confusion = Measured(weights, dataset, heldOut, asHalf: false, cancellation);
        Measured(half, dataset, heldOut, asHalf: true, cancellation);
        JudgeTraining.WriteReport(Path.Combine(folder.Path, "confusion.json"), confusion);
        return confusion;
    }

    /// <summary>Measures a file's weights on held-out images and stores the confusion with them.</summary>
    private static GraderConfusion Measured(
        string path, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> heldOut, bool asHalf, CancellationToken cancellation)
    {
        using var grader = GraderFile.Load(path);
        var confusion = GraderConfusion.Measure(grader, dataset, heldOut, cancellation);
        grader.Save(path, grader.Metadata with { Confusion = confusion }, asHalf);
        return confusion;
    }
}

/// <summary>What grader is trained on what.</summary>
public sealed record GraderRequest
{
    /// <summary>A prepared dataset whose classes are qualities: good, usable, reject (or bad).</summary>
    public required string Dataset { get; init; }

    /// <summary>The folder for checkpoints, weights and the report.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to continue what is there.</summary>
    public bool Resume { get; init; }

    /// <summary>How it is trained.</summary>
    public JudgeOptions Options { get; init; } = new() { Steps = 2000 };

    /// <summary>What it computes with; null for the CPU with what the process has set.</summary>
    public ComputeContext? Compute { get; init; }

    /// <summary>Receives progress; null for none.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }
}

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
    /// <param name="compute">Gives the device; the CPU when null.</param>
    public GraderStage(
        JudgeOptions options,
        ImageDataset dataset,
        IReadOnlyList<(int Index, QualityGrade Grade)> images,
        Action<GraderNetwork, long> export,
        ComputeContext? compute = null)
        : base(options, images.Count, new GraderNetwork(dataset.Size, options.Width), export, compute)
    {
        (_seed, _dataset, _images) = (options.Seed, dataset, images);
        _classWeights = tensor(ClassWeights(images), device: Device).DetachFromDisposeScope();
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
            .Apply(ImageTensors.FromDataset(_dataset, [.. batch.Select(item => item.Index)], device: Device), [.. batch.Select(item => item.Grade)]);
        var targets = tensor(grades.Select(grade => (long)grade).ToArray(), device: Device);
        return nn.functional.cross_entropy(Judge.call(images), targets, weight: _classWeights, label_smoothing: LabelSmoothing);
    }

    /// <summary>√(mean count / count): rare grades weigh more, not so much that they drown the others.</summary>
    private static float[] ClassWeights(IReadOnlyList<(int Index, QualityGrade Grade)> images)
    {
        var counts = Enum.GetValues<QualityGrade>().Select(grade => Math.Max(1, images.Count(image => image.Grade == grade))).ToArray();
        return [.. counts.Select(count => (float)Math.Sqrt(counts.Average() / count))];
    }
}

/// <summary>
/// Changes that leave a picture's quality as it is (turns, mirror images, small shifts and scales, slight colour changes), and on some good
/// pictures a planted fault that makes a reject of them, because few photographs are labelled so.
/// </summary>
internal sealed class GraderAugmentation(CounterRandom random)
{
    private const double FaultShare = 0.25;

    /// <summary>The changed batch with its grades.</summary>
    /// <param name="images">[batch, 3, side, side] in [−1, 1].</param>
    /// <param name="grades">[batch].</param>
    public (Tensor Images, QualityGrade[] Grades) Apply(Tensor images, IReadOnlyList<QualityGrade> grades)
    {
        var changes = new PictureChanges(random);
        var changed = changes.Coloured(changes.Placed(images, PictureChanges.AllTurns, out _));
        var results = grades.ToArray();
        var rows = new Tensor[results.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = changed[i];
            if (results[i] != QualityGrade.Good || random.NextDouble() >= FaultShare) continue;
            (rows[i], results[i]) = (PlantedFault.Apply(rows[i], random), QualityGrade.Reject);
        }

        return (stack(rows).Times(2).Minus(1), results);
    }
}
