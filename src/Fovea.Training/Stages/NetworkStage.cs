using Fovea.Models.Circuits;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>What the trainings of the two networks share: one network with its optimizer and average, its circuits' log and noise, its schedule of the rate.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public abstract class NetworkStage<TNetwork> : ITrainingStage where TNetwork : nn.Module
{
    private readonly RunConfig _config;
    private readonly ComputeContext _compute;
    private readonly StageOptions _options;
    private readonly StageSchedule _schedule;
    private TrainedNetwork<TNetwork>? _trained;
    private TrainingNoise? _noise;
    private CircuitLog? _circuits;

    private protected NetworkStage(string name, RunConfig config, StageOptions options, RunFolder folder, ComputeContext compute)
    {
        (Name, _config, _options, _compute) = (name, config, options, compute);
        _schedule = folder.ScheduleOf(name, options.Steps);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public int Steps => _options.Steps;

    /// <inheritdoc />
    public int Batch => _options.Batch;

    /// <inheritdoc />
    public nn.Module Network => Model;

    /// <inheritdoc />
    public abstract long CircuitsPerStep { get; }

    /// <summary>The network.</summary>
    private protected TNetwork Model => Trained.Network;

    /// <summary>The network with its optimizer and average.</summary>
    private protected TrainedNetwork<TNetwork> Trained => _trained ?? throw new InvalidOperationException("the stage has no network yet");

    /// <summary>Where the network is, and so everything that meets it.</summary>
    private protected Device Device => _compute.Device;

    private CircuitLog Circuits => _circuits ?? throw new InvalidOperationException("the stage has no network yet");

    /// <inheritdoc />
    public abstract IReadOnlyDictionary<string, double> Step(long step);

    /// <inheritdoc />
    public double? HeldOutLoss()
    {
        using var averaged = Trained.Averaged();
        return LossOfHeldOut();
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double> CircuitShares(double loss, bool ofEach)
    {
        using var averaged = Trained.Averaged();
        return Circuits.Shares(() => LossOfHeldOut()!.Value - loss, ofEach);
    }

    /// <inheritdoc />
    public virtual IReadOnlyDictionary<string, Tensor> State() => Trained.State();

    /// <inheritdoc />
    public virtual void LoadState(IReadOnlyDictionary<string, Tensor> state, string source) => Trained.LoadState(state, source);

    /// <inheritdoc />
    public abstract void Export(long stepsDone);

    /// <inheritdoc />
    public abstract void DrawGrid(long stepsDone);

    /// <inheritdoc />
    public virtual void Dispose()
    {
        _trained?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts the network with its initial weights, from which circuits are measured and the average begins, on the device; it is disposed with the stage.</summary>
    /// <param name="network">The network.</param>
    /// <param name="copy">Makes one of equal structure, for the other parts of a batch.</param>
    private protected void Begin(TNetwork network, Func<TNetwork> copy)
    {
        network.On(_compute).With(_compute.Precision);
        // Parts of a batch keep the threads of a CPU busy; on a GPU one operation does it.
        var parts = _compute.IsCpu ? BatchParts.Cut(Batch, _compute.Threads) : BatchParts.Whole(Batch);
        _circuits = new CircuitLog(network);
        _trained = new TrainedNetwork<TNetwork>(
            network, _options.EmaDecay, parts, () => copy().On(_compute).With(_compute.Precision),
            groupOf: CircuitGroup.Of(network, _options.CircuitRate, _options.LearningRate));
        _noise = TrainingNoise.Of(_config, _trained.Networks, _schedule);
    }

    /// <summary>The rate of a step, before the factor of a group.</summary>
    private protected double RateAt(long step) => _schedule.RateAt(step, _options.Warmup, _options.LearningRate);

    /// <summary>The loss of held-out images with the weights that are in the network now; null without such images.</summary>
    private protected abstract double? LossOfHeldOut();

    /// <summary>Makes a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="names">The names of the losses; the network goes down the first.</param>
    /// <param name="losses">The losses of a part, means over its items, given the part and its network. Runs beside the other parts.</param>
    /// <returns>The losses of the batch, and what is to be logged of gradients, rate and circuits.</returns>
    private protected Dictionary<string, double> Train(long step, string[] names, Func<BatchPart, TNetwork, Tensor[]> losses)
    {
        using var noise = _noise?.At(step);
        var rate = RateAt(step);
        var (sums, circuits) = (new double[Trained.Networks.Count][], new Dictionary<string, double>());
        var norm = Trained.Step(
            rate,
            (part, network) =>
            {
                var values = losses(part, network);
                SpanAutograd.Backward(part.Weigh(values[0]));
                sums[part.Index] = [.. values.Select(value => part.Share * value.ToDouble())];
            },
            () => circuits = Circuits.Gradients());
        var figures = names.Select((name, i) => (name, Value: sums.Sum(part => part[i]))).ToDictionary(f => f.name, f => f.Value);
        (figures["gradient_norm"], figures["learning_rate"]) = (norm, rate);
        foreach (var (name, value) in circuits.Concat(Circuits.Displacements())) figures[name] = value;
        return figures;
    }
}

/// <summary>What a stage's section of the configuration says of the steps.</summary>
/// <param name="Steps">Steps of the optimizer.</param>
/// <param name="Batch">Items a step.</param>
/// <param name="LearningRate">After warm-up.</param>
/// <param name="CircuitRate">That of the circuits' weights; 0 for none of their own.</param>
/// <param name="Warmup">Steps of linear warm-up.</param>
/// <param name="EmaDecay">Decay of the weights' average.</param>
internal sealed record StageOptions(int Steps, int Batch, double LearningRate, double CircuitRate, int Warmup, double EmaDecay);

/// <summary>The optimizer's group of the circuits' weights.</summary>
internal static class CircuitGroup
{
    /// <summary>
    /// By a parameter's name: circuits' weights, and scales and shifts of uploads, at a rate of their own and without decay, all others as they are.
    /// Null when the rate is 0.
    /// </summary>
    /// <param name="module">The network.</param>
    /// <param name="circuitRate">Peak of the circuits' rate; 0 for none of their own.</param>
    /// <param name="learningRate">Peak of the network's rate.</param>
    internal static Func<string, ParameterGroup>? Of(nn.Module module, double circuitRate, double learningRate)
    {
        if (circuitRate == 0) return null;
        // Scales and shifts of uploads turn the same rotations: a layer without them has no parameters of these names.
        string[] parts = ["weights", "upload_scale", "upload_shift"];
        var names = QuantumLayerNames.Of(("", module)).SelectMany(layer => parts.Select(part => $"{layer.Name[1..]}.{part}")).ToHashSet();
        var group = new ParameterGroup(circuitRate / learningRate, Decays: false);
        return name => names.Contains(name) ? group : ParameterGroup.Common;
    }
}

/// <summary>What becomes of a network's circuits, for the log: gradients of their weights and how far these are from where they began.</summary>
internal sealed class CircuitLog
{
    private const string Norm = "circuit_gradient_norm";
    private const string Displacement = "circuit_displacement";
    private const string Share = "circuit_share";
    private readonly (string Name, QuantumConvolution Layer, float[] Start)[] _layers;

    /// <summary>Notes where the weights begin.</summary>
    internal CircuitLog(nn.Module module) =>
        _layers = [.. QuantumLayerNames.Of(("", module)).Select(layer => (layer.Name[1..], layer.Layer, TensorSpans.ToArray<float>(layer.Layer.Weights)))];

    /// <summary>The Euclidean norm of the gradient over all circuit weights, and where there are several quantum layers that of each; nothing without circuits.</summary>
    internal Dictionary<string, double> Gradients()
    {
        using var scope = NewDisposeScope();
        return Figures(Norm, layer => layer.Weights.grad is { } gradient ? [.. TensorSpans.ToArray<float>(gradient)] : null, (_, gradient) => gradient, squares => Math.Sqrt(squares.Sum()));
    }

    /// <summary>
    /// The root mean square of the angles' displacement from their start, each taken modulo 2π to (−π, π]: of all, and where there are several quantum
    /// layers of each; nothing without circuits that are trained.
    /// </summary>
    internal Dictionary<string, double> Displacements() => Figures(
        Displacement, layer => layer.Weights.requires_grad ? TensorSpans.ToArray<float>(layer.Weights) : null,
        (start, angle) => Math.IEEERemainder((double)angle - start, 2 * Math.PI), squares => Math.Sqrt(squares.Average()));

    /// <summary>What the loss rises by when circuits get their weights of the start back for as long as it is measured: all, and each alone.</summary>
    internal Dictionary<string, double> Shares(Func<double> rise, bool ofEach)
    {
        var shares = new Dictionary<string, double>();
        var trained = _layers.Where(layer => layer.Layer.Weights.requires_grad).ToArray();
        if (trained.Length == 0) return shares;
        shares[Share] = WithStart(trained, rise);
        if (ofEach && trained.Length > 1)
            foreach (var layer in trained) shares[$"{Share}.{layer.Name}"] = WithStart([layer], rise);
        return shares;
    }

    private static double WithStart((string Name, QuantumConvolution Layer, float[] Start)[] layers, Func<double> measure)
    {
        using var noGradient = no_grad();
        var now = layers.Select(layer => TensorSpans.ToArray<float>(layer.Layer.Weights)).ToArray();
        foreach (var layer in layers) Set(layer.Layer, layer.Start);
        try
        {
            return measure();
        }
        finally
        {
            foreach (var (layer, weights) in layers.Zip(now)) Set(layer.Layer, weights);
        }
    }

    private static void Set(QuantumConvolution layer, float[] weights)
    {
        using var values = tensor(weights, layer.Weights.shape, device: layer.Weights.device);
        layer.Weights.copy_(values);
    }

    private Dictionary<string, double> Figures(string name, Func<QuantumConvolution, float[]?> read, Func<float, float, double> value, Func<IEnumerable<double>, double> total)
    {
        var figures = new Dictionary<string, double>();
        var layers = _layers.Select(layer => (layer.Name, Squares: read(layer.Layer)?.Select((x, k) => Math.Pow(value(layer.Start[k], x), 2)).ToArray())).Where(layer => layer.Squares is not null).ToArray();
        if (layers.Length == 0) return figures;
        figures[name] = total(layers.SelectMany(layer => layer.Squares!));
        if (layers.Length > 1)
            foreach (var layer in layers) figures[$"{name}.{layer.Name}"] = total(layer.Squares!);
        return figures;
    }
}
