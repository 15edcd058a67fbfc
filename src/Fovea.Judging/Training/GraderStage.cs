using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Judging.Grading;
using Fovea.Judging.Networks;
using Fovea.Torch.Modules;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Judging.Training;

/// <summary>Trains a grader on labelled images.</summary>
internal sealed class GraderStage : ITrainingStage
{
    private const double LargestGradientNorm = 1;
    private const double LabelSmoothing = 0.05;
    private const double EmaDecay = 0.99;
    private const int Warmup = 50;
    private readonly GraderOptions _options;
    private readonly ImageDataset _dataset;
    private readonly IReadOnlyList<(int Index, QualityGrade Grade)> _images;
    private readonly EpochOrder _order;
    private readonly GraderNetwork _network;
    private readonly Fovea.Torch.Training.AdamW _optimizer;
    private readonly ExponentialMovingAverage _average;
    private readonly Tensor _classWeights;
    private readonly Action<GraderNetwork, long> _export;

    /// <summary>Builds the stage with seeded initial weights.</summary>
    /// <param name="options">How.</param>
    /// <param name="dataset">The images' dataset.</param>
    /// <param name="images">Which, with their grades.</param>
    /// <param name="export">Stores the averaged network; given the steps done.</param>
    public GraderStage(GraderOptions options, ImageDataset dataset, IReadOnlyList<(int Index, QualityGrade Grade)> images, Action<GraderNetwork, long> export)
    {
        (_options, _dataset, _images, _export) = (options, dataset, images, export);
        _order = new EpochOrder(options.Seed, images.Count, options.Batch);
        _network = new GraderNetwork(dataset.Size, options.Width);
        SeededInitialization.Apply(_network, (ulong)options.Seed);
        _optimizer = new Fovea.Torch.Training.AdamW(_network.named_parameters(), new() { WeightDecay = 0.05 });
        _average = new ExponentialMovingAverage(_network, EmaDecay);
        _classWeights = tensor(ClassWeights(images)).DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public string Name => "grader";

    /// <inheritdoc />
    public int Steps => _options.Steps;

    /// <inheritdoc />
    public int Batch => _options.Batch;

    /// <inheritdoc />
    public nn.Module Network => _network;

    /// <inheritdoc />
    public long CircuitsPerStep => 0;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double> Step(long step)
    {
        using var scope = NewDisposeScope();
        var items = _order.At(step).Select(i => _images[i]).ToArray();
        // The dropout of a step must not depend on where training was resumed.
        random.manual_seed(((long)_options.Seed << 32) ^ step);
        var (images, grades) = new GraderAugmentation(new CounterRandom((ulong)_options.Seed, (ulong)step))
            .Apply(ImageTensors.FromDataset(_dataset, [.. items.Select(item => item.Index)]), [.. items.Select(item => item.Grade)]);
        var targets = tensor(grades.Select(grade => (long)grade).ToArray());
        _network.train();
        var loss = nn.functional.cross_entropy(_network.call(images), targets, weight: _classWeights, label_smoothing: LabelSmoothing);
        _optimizer.ClearGradients();
        loss.backward();
        var norm = GradientNorm.Clip(_optimizer.Parameters, LargestGradientNorm);
        var rate = LearningRate.At(step, Steps, Warmup, _options.LearningRate);
        _optimizer.Step(rate);
        _average.Update();
        return new Dictionary<string, double> { ["loss"] = loss.item<float>(), ["gradient_norm"] = norm, ["learning_rate"] = rate };
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Tensor> State() => StateDictionary.Join(
        ("model", ModuleWeights.Collect(_network)), ("average", _average.State()), ("optimizer", _optimizer.State()));

    /// <inheritdoc />
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        ModuleWeights.LoadInto(_network, state.Part("model", source), source);
        _average.LoadState(state.Part("average", source), source);
        _optimizer.LoadState(state.Part("optimizer", source), source);
    }

    /// <inheritdoc />
    public void Export(long stepsDone)
    {
        using var averaged = _average.Swap();
        _export(_network, stepsDone);
    }

    /// <inheritdoc />
    public void DrawGrid(long stepsDone)
    {
        // A grader draws nothing.
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _classWeights.Dispose();
        _average.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    /// <summary>√(mean count / count): rare grades weigh more, not so much that they drown the others.</summary>
    private static float[] ClassWeights(IReadOnlyList<(int Index, QualityGrade Grade)> images)
    {
        var counts = Enum.GetValues<QualityGrade>().Select(grade => Math.Max(1, images.Count(image => image.Grade == grade))).ToArray();
        return [.. counts.Select(count => (float)Math.Sqrt(counts.Average() / count))];
    }
}
