using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Judging.Networks;
using Fovea.Judging.Training;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Judging.Features.Fundus;

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
    public FundusStage(JudgeOptions options, ImageDataset dataset, FundusLabels labels, int[] images, Action<FundusNetwork, long> export)
        : base(options, images.Length, new FundusNetwork(dataset.Size, options.Width, [.. labels.Tasks.Select(task => task.Classes.Count)]), export)
    {
        (_seed, _dataset, _labels, _images) = (options.Seed, dataset, labels, images);
        _loss = new FundusLoss(labels.Tasks, [.. images.Select(labels.Of)]);
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
            .Apply(ImageTensors.FromDataset(_dataset, batch), [.. batch.Select(_labels.Of)]);
        return _loss.Of(Judge, Judge.call(images), labels);
    }
}
