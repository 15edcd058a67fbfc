using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Layers;
using Fovea.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Training.Stages;

/// <summary>
/// What the trainings of the two networks share: one network with its optimizer and average, its circuits' log and noise, its schedule of the rate.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public abstract class NetworkStage<TNetwork> : ITrainingStage where TNetwork : nn.Module
{
    private readonly RunConfig _config;
    private readonly ComputeContext _compute;
    private readonly TrainingOptions _options;
    private readonly StageSchedule _schedule;
    private TrainedNetwork<TNetwork>? _trained;
    private TrainingNoise? _noise;
    private CircuitLog? _circuits;

    private protected NetworkStage(string name, RunConfig config, TrainingOptions options, RunFolder folder, ComputeContext compute)
    {
        (Name, _config, _options, _compute) = (name, config, options, compute);
        _schedule = folder.ScheduleOf(name, options.Steps);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public virtual int Steps => _options.Steps;

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
    public IReadOnlyDictionary<string, double> MeasureLayers(double loss, bool ofEach)
    {
        using var averaged = Trained.Averaged();
        double Rise() => LossOfHeldOut()!.Value - loss;
        return Circuits.Shares(Rise, ofEach).Concat(new MiddleUse(Trained.Networks).Measure(Rise, ofEach)).ToDictionary();
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

    /// <summary>
    /// Puts the network with its initial weights, from which circuits are measured and the average begins, on the device; it is disposed with the stage.
    /// </summary>
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
            groupOf: ParameterGroups.Build(network, _options));
        _noise = TrainingNoise.Build(_config, _trained.Networks, _schedule);
    }

    /// <summary>The rate of a step, before the factor of a group.</summary>
    private protected virtual double RateAt(long step) => _schedule.RateAt(step, _options.Warmup, _options.LearningRate);

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

/// <summary>How the optimizer treats each parameter of a network, by its name.</summary>
internal static class ParameterGroups
{
    // The fewest rows and inputs of a matrix for Muon: the first and the last layer of a network, which end at few channels, are better left to AdamW.
    private const int SmallestSide = 16;

    // Scales and shifts of uploads turn the same rotations as the weights do: a layer without them has no parameters of these names.
    private static readonly string[] s_circuitParts = ["weights", "upload_scale", "upload_shift"];

    /// <summary>
    /// Circuits' weights, and scales and shifts of uploads, at a rate of their own and without decay where there is such a rate; matrices by Muon where the
    /// options ask for it; biases, angles and what else is no matrix without decay where they say so; all others as they are. Null when all are alike.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How it is trained.</param>
    internal static Func<string, ParameterGroup>? Build(nn.Module network, TrainingOptions options)
    {
        var circuits = QuantumLayerNames.Of(("", network)).SelectMany(layer => s_circuitParts.Select(part => $"{layer.Name[1..]}.{part}")).ToHashSet();
        var embeddings = network.named_modules().Where(m => m.module is Embedding).Select(m => $"{m.name}.weight").ToHashSet();
        var groups = new Dictionary<string, ParameterGroup>();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (GroupOf(name, parameter) is { } group && group != ParameterGroup.Common) groups.Add(name, group);
        }

        return groups.Count == 0 ? null : name => groups.GetValueOrDefault(name, ParameterGroup.Common);

        ParameterGroup GroupOf(string name, Parameter parameter)
        {
            if (circuits.Contains(name))
            {
                return options.CircuitRate == 0
                    ? new ParameterGroup(Decays: options.VectorDecay)
                    : new ParameterGroup(options.CircuitRate / options.LearningRate, Decays: false);
            }

            if (parameter.dim() < 2) return new ParameterGroup(Decays: options.VectorDecay);
            return new ParameterGroup(Orthogonal: options.Optimizer == Optimizers.Muon && !embeddings.Contains(name)
                && parameter.shape[0] >= SmallestSide && parameter.shape[1] >= SmallestSide);
        }
    }
}
