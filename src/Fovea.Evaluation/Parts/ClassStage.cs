using Fovea.Core.Random;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Networks;
using Fovea.Judges.Training;
using Fovea.Metrics.Statistics;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Evaluation.Parts;

/// <summary>Trains a classifier of images in memory. Classes weigh by the root of their rarity, as balanced accuracy asks.</summary>
internal sealed class ClassStage : JudgeStage<ClassNetwork>
{
    private readonly IReadOnlyList<byte[]> _images;
    private readonly int[] _labels;
    private readonly int _side;
    private readonly ulong _seed;
    private readonly Tensor _weights;
    private readonly Laterality _sides;
    private readonly (double Low, double High) _turns;

    /// <param name="options">How.</param>
    /// <param name="images">The images.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="classNames">The names of the classes: where they name a side or a place, images are turned little and mirrored by the rule of
    /// <see cref="Laterality"/>.</param>
    /// <param name="labelColumn">The column that the classes come from; null when not known.</param>
    /// <param name="compute">Gives the device; the CPU when null.</param>
    public ClassStage(
        JudgeOptions options,
        IReadOnlyList<byte[]> images,
        int[] labels,
        int side,
        IReadOnlyList<string> classNames,
        string? labelColumn = null,
        ComputeContext? compute = null)
        : base(options, images.Count, new ClassNetwork(side, options.Width, classNames.Count), (_, _) => { }, compute)
    {
        _sides = Laterality.Find(classNames, labelColumn);
        _turns = Laterality.NamesPlaces(classNames, labelColumn) ? PictureChanges.SmallTurns : PictureChanges.AllTurns;
        (_images, _labels, _side, _seed) = (images, labels, side, (ulong)options.Seed);
        var counts = labels.CountBy(label => label).ToDictionary();
        var weights = Enumerable.Range(0, classNames.Count)
            .Select(label => (float)Math.Sqrt(labels.Length / (double)Math.Max(1, counts.GetValueOrDefault(label))));
        _weights = tensor(weights.ToArray(), device: Device).DetachFromDisposeScope();
    }

    public override string Name => "classifier";

    /// <summary>The likeliest class of each image.</summary>
    public int[] Classify(Tensor images) => [.. TensorSpans.ToArray<long>(Judge.call(images).argmax(1)).Select(label => (int)label)];

    public override void Dispose()
    {
        _weights.Dispose();
        base.Dispose();
    }

    protected override Tensor Loss(int[] items, long step)
    {
        var changes = new PictureChanges(new CounterRandom(_seed, (ulong)step));
        var images = ImageTensors.FromPixels([.. items.Select(item => _images[item])], _side, Device);
        var placed = changes.Placed(images, _turns, out var mirrored, [.. items.Select(item => _sides.TryMirror(_labels[item], out _))]);
        var labels = tensor([.. items.Select((item, i) => (long)LabelOf(item, mirrored[i]))], device: Device);
        return nn.functional.cross_entropy(Judge.call(changes.Coloured(placed).Times(2).Minus(1)), labels, weight: _weights);
    }

    private int LabelOf(int item, bool isMirrored) => isMirrored && _sides.TryMirror(_labels[item], out var other) ? other!.Value : _labels[item];
}

/// <summary>The mean over classes of the share of their images that is found: guessing gives 1/classes however uneven they are.</summary>
public static class BalancedAccuracy
{
    private const int Replicates = 1000;

    /// <summary>The accuracy with its bootstrap interval over test images. A resample may lack a class: the mean is over those it has.</summary>
    /// <param name="labels">The class of each test image.</param>
    /// <param name="verdicts">What the classifier says.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static Figure Measure(IReadOnlyList<int> labels, IReadOnlyList<int> verdicts, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(verdicts);
        var result = Bootstrap.Estimate(
            labels.Count, list => list.GroupBy(k => labels[k]).Average(images => images.Average(k => verdicts[k] == labels[k] ? 1.0 : 0.0)),
            new BootstrapOptions { Replicates = Replicates, Seed = seed, Accelerate = false });
        return new(result.Estimate, result.Percentile);
    }
}
