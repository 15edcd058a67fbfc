using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Networks;
using Fovea.Judges.Training;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judges.Features.Fundus;

/// <summary>Trains FundusNet on all tasks at once.</summary>
internal sealed class FundusStage : JudgeStage<FundusNetwork>
{
    private readonly int _seed;
    private readonly ImageDataset _dataset;
    private readonly FundusLabels _labels;
    private readonly int[] _images;
    private readonly FundusLoss _loss;

    /// <summary>Builds the stage with seeded initial weights.</summary>
    /// <param name="options">How.</param>
    /// <param name="dataset">The images' dataset.</param>
    /// <param name="labels">What is known of them.</param>
    /// <param name="images">Which of them are learnt from.</param>
    /// <param name="export">Stores the averaged network; given the steps done.</param>
    /// <param name="compute">Gives the device; the CPU when null.</param>
    public FundusStage(
        JudgeOptions options, ImageDataset dataset, FundusLabels labels, int[] images, Action<FundusNetwork, long> export, ComputeContext? compute = null)
        : base(options, images.Length, new FundusNetwork(dataset.Size, options.Width, [.. labels.Tasks.Select(task => task.Classes.Count)]), export, compute)
    {
        (_seed, _dataset, _labels, _images) = (options.Seed, dataset, labels, images);
        _loss = new FundusLoss(labels.Tasks, [.. images.Select(labels.Of)], Device);
    }

    /// <inheritdoc />
    public override string Name => "fundusnet";

    /// <inheritdoc />
    public override void Dispose()
    {
        _loss.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override Tensor Loss(int[] items, long step)
    {
        int[] batch = [.. items.Select(i => _images[i])];
        var (images, labels) = new FundusAugmentation(new CounterRandom((ulong)_seed, (ulong)step), _labels.Tasks)
            .Apply(ImageTensors.FromDataset(_dataset, batch, device: Device), [.. batch.Select(_labels.Of)]);
        return _loss.Measure(Judge, Judge.call(images), labels);
    }
}

/// <summary>The weighted sum of the tasks' losses, each a mean over the images of the batch that have a label of the task.</summary>
internal sealed class FundusLoss : IDisposable
{
    private const double LabelSmoothing = 0.05;
    private const double Balance = 0.8;
    private readonly IReadOnlyList<FundusTask> _tasks;
    private readonly Tensor?[] _classWeights;

    /// <param name="tasks">The tasks.</param>
    /// <param name="labels">The training images' labels, [images][tasks], of which the weights of the classes are taken.</param>
    /// <param name="device">Where the logits are.</param>
    public FundusLoss(IReadOnlyList<FundusTask> tasks, IReadOnlyList<float[]?[]> labels, Device device)
    {
        _tasks = tasks;
        _classWeights = [.. tasks.Select((task, t) => task.IsMultiLabel
            ? null
            : tensor(ClassWeights(task, labels.Select(label => label[t]).OfType<float[]>()), device: device).DetachFromDisposeScope())];
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="network">Gave the logits.</param>
    /// <param name="logits">[batch, outputs of all tasks].</param>
    /// <param name="labels">[batch][tasks].</param>
    public Tensor Measure(FundusNetwork network, Tensor logits, IReadOnlyList<float[]?[]> labels)
    {
        // Times zero: a batch without any label still has a gradient.
        var sum = logits.sum().Times(0);
        for (var t = 0; t < _tasks.Count; t++)
        {
            long[] labelled = [.. Enumerable.Range(0, labels.Count).Where(i => labels[i][t] is not null).Select(i => (long)i)];
            if (labelled.Length == 0) continue;
            var rows = network.LogitsOf(logits, t).index_select(0, tensor(labelled, device: logits.device));
            sum = sum.Plus(OfTask(t, rows, [.. labelled.Select(i => labels[(int)i][t]!)]).Times((float)_tasks[t].Weight));
        }

        return sum;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var weights in _classWeights) weights?.Dispose();
    }

    private Tensor OfTask(int task, Tensor logits, float[][] labels) => _classWeights[task] is { } weights
        ? nn.functional.cross_entropy(
            logits,
            tensor(labels.Select(row => (long)Array.IndexOf(row, 1f)).ToArray(), device: logits.device),
            weight: weights, label_smoothing: LabelSmoothing)
        : nn.functional.binary_cross_entropy_with_logits(
            logits, tensor(labels.SelectMany(row => row).ToArray(), [labels.Length, labels[0].Length], device: logits.device));

    /// <summary>
    /// Mean count / count to a power below one: rare classes weigh more, not so much that a few images drown the others. Classes that training
    /// plants have no counts and weigh alike.
    /// </summary>
    private static float[] ClassWeights(FundusTask task, IEnumerable<float[]> labels)
    {
        float[][] rows = [.. labels];
        int[] counts = [.. task.Classes.Select((_, c) => Math.Max(1, rows.Count(row => row[c] > 0)))];
        return [.. counts.Select(count => (float)Math.Pow(counts.Average() / count, Balance))];
    }
}
