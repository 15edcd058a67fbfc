using Fovea.Core.Random;
using Fovea.Judging.Networks;
using Fovea.Judging.Training;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judging.Downstream;

/// <summary>Trains a classifier of images in memory. Classes weigh by the root of their rarity, as balanced accuracy asks.</summary>
internal sealed class ClassStage : JudgeStage<ClassNetwork>
{
    private readonly IReadOnlyList<byte[]> _images;
    private readonly int[] _labels;
    private readonly int _side;
    private readonly ulong _seed;
    private readonly Tensor _weights;

    public ClassStage(JudgeOptions options, IReadOnlyList<byte[]> images, int[] labels, int side, int classes)
        : base(options, images.Count, new ClassNetwork(side, options.Width, classes), (_, _) => { })
    {
        (_images, _labels, _side, _seed) = (images, labels, side, (ulong)options.Seed);
        var counts = labels.CountBy(label => label).ToDictionary();
        var weights = Enumerable.Range(0, classes).Select(label => (float)Math.Sqrt(labels.Length / (double)Math.Max(1, counts.GetValueOrDefault(label))));
        _weights = tensor(weights.ToArray()).DetachFromDisposeScope();
    }

    public override string Name => "classifier";

    /// <summary>The likeliest class of each image.</summary>
    public int[] Classify(Tensor images) => [.. Judge.call(images).argmax(1).data<long>().ToArray().Select(label => (int)label)];

    public override void Dispose()
    {
        _weights.Dispose();
        base.Dispose();
    }

    protected override Tensor Loss(int[] items, long step)
    {
        var changes = new PictureChanges(new CounterRandom(_seed, (ulong)step));
        var placed = changes.Placed(ImageTensors.FromPixels([.. items.Select(item => _images[item])], _side), (0, Math.Tau), out _);
        var labels = tensor(items.Select(item => (long)_labels[item]).ToArray());
        return nn.functional.cross_entropy(Judge.call(changes.Coloured(placed).mul(2).sub(1)), labels, weight: _weights);
    }
}
