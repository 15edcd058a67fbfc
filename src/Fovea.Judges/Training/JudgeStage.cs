using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using Fovea.Training.Runs;
using static TorchSharp.torch;

namespace Fovea.Judges.Training;

/// <summary>What the training of all judges shares: seeded weights, AdamW, an average of the weights, which is what is exported.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal abstract class JudgeStage<TNetwork> : ITrainingStage
    where TNetwork : nn.Module<Tensor, Tensor>
{
    private const double EmaDecay = 0.99;
    private const int Warmup = 50;
    private const ulong Dropping = 0xD2095; // dropout draws apart from the changes of pictures, which are functions of seed and step, too
    private readonly JudgeOptions _options;
    private readonly EpochOrder _order;
    private readonly TrainedNetwork<TNetwork> _trained;
    private readonly Action<TNetwork, long> _export;

    /// <param name="options">How.</param>
    /// <param name="images">Number of training images.</param>
    /// <param name="network">The network; the stage owns it and sets its weights.</param>
    /// <param name="export">Stores the averaged network; given the steps done.</param>
    /// <param name="compute">Gives the device; the CPU when null.</param>
    protected JudgeStage(JudgeOptions options, int images, TNetwork network, Action<TNetwork, long> export, ComputeContext? compute)
    {
        (_options, _export) = (options, export);
        _order = new EpochOrder(options.Seed, images, options.Batch);
        SeededInitialization.Apply(network, (ulong)options.Seed);
        Device = network.On(compute).Device();
        // Its images are decoded as they come, which takes as long: a batch is not cut.
        _trained = new TrainedNetwork<TNetwork>(
            network, EmaDecay, BatchParts.Whole(options.Batch), () => throw new InvalidOperationException("a batch is not cut"), new() { WeightDecay = 0.05 });
    }

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public int Steps => _options.Steps;

    /// <inheritdoc />
    public int Batch => _options.Batch;

    /// <inheritdoc />
    public nn.Module Network => Judge;

    /// <inheritdoc />
    public long CircuitsPerStep => 0;

    /// <summary>Where the network is, and so everything that meets it.</summary>
    private protected Device Device { get; }

    /// <summary>The network that is trained.</summary>
    protected TNetwork Judge => _trained.Network;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double> Step(long step)
    {
        using var scope = NewDisposeScope();
        foreach (var dropout in Judge.modules().OfType<SeededDropout>()) (dropout.Seed, dropout.Step) = ((ulong)_options.Seed ^ Dropping, (ulong)step);
        Judge.train();
        var loss = Loss(_order.At(step), step);
        var rate = LearningRate.At(step, Steps, Warmup, _options.LearningRate);
        var norm = _trained.Step(rate, (_, _) => loss.backward());
        return new Dictionary<string, double> { ["loss"] = loss.item<float>(), ["gradient_norm"] = norm, ["learning_rate"] = rate };
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Tensor> State() => _trained.State();

    /// <inheritdoc />
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source) => _trained.LoadState(state, source);

    /// <inheritdoc />
    public void Export(long stepsDone)
    {
        using var averaged = _trained.Averaged();
        _export(Judge, stepsDone);
    }

    /// <inheritdoc />
    public void DrawGrid(long stepsDone)
    {
        // A judge draws nothing.
    }

    /// <inheritdoc />
    public virtual void Dispose() => _trained.Dispose();

    /// <summary>The loss of a step's items.</summary>
    /// <param name="items">Numbers of training images.</param>
    /// <param name="step">The step, for its randomness.</param>
    protected abstract Tensor Loss(int[] items, long step);
}
