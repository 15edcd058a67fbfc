using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>
/// A network that is trained: its optimizer, the average of its weights, and the threads that work on parts of a batch. A step is what all trainings have in
/// common: gradients of the parts, their norm limited, the optimizer, the average.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class TrainedNetwork<TNetwork> : IDisposable where TNetwork : nn.Module
{
    private const double LargestGradientNorm = 1;
    private readonly AdamW _optimizer;
    private readonly Muon? _matrices;
    private readonly ExponentialMovingAverage _average;
    private readonly DataParallel<TNetwork> _parallel;

    /// <summary>Takes a network with its initial weights; it is disposed with this.</summary>
    /// <param name="network">The network.</param>
    /// <param name="emaDecay">Decay of the weights' average, in [0, 1).</param>
    /// <param name="parts">How a batch is cut.</param>
    /// <param name="copy">Makes a network of equal structure, for the parts behind the first.</param>
    /// <param name="options">Constants of the optimizer; the defaults when null.</param>
    /// <param name="groupOf">The optimizer's group of each parameter, by its name; the common one when null.</param>
    public TrainedNetwork(
        TNetwork network, double emaDecay, BatchParts parts, Func<TNetwork> copy, AdamWOptions? options = null, Func<string, ParameterGroup>? groupOf = null)
    {
        Network = network;
        var parameters = network.named_parameters().ToLookup(p => (groupOf?.Invoke(p.name) ?? ParameterGroup.Common).Orthogonal);
        _optimizer = new AdamW(parameters[false], options, groupOf);
        if (parameters[true].Any()) _matrices = new Muon(parameters[true], (options ?? new AdamWOptions()).WeightDecay, groupOf);
        _average = new ExponentialMovingAverage(network, emaDecay);
        _parallel = new DataParallel<TNetwork>(network, copy, parts);
    }

    /// <summary>The network, with the weights that are trained.</summary>
    public TNetwork Network { get; }

    /// <summary>The network and its copies for the other parts of a batch.</summary>
    public IReadOnlyList<TNetwork> Networks => _parallel.Networks;

    /// <summary>Makes a step.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="backward">Leaves the gradients of a part's share of the loss in the network it is given; see
    /// <see cref="DataParallel{TNetwork}.Run"/>.</param>
    /// <param name="read">Called when the gradients of the whole batch are there, before they are limited.</param>
    /// <returns>The norm of all gradients before it was limited; where it is not finite the weights are spoiled.</returns>
    public double Step(double rate, Action<BatchPart, TNetwork> backward, Action? read = null)
    {
        _optimizer.ClearGradients();
        _matrices?.ClearGradients();
        _parallel.Run(backward);
        read?.Invoke();
        var norm = GradientNorm.Clip(_matrices is null ? _optimizer.Parameters : _optimizer.Parameters.Concat(_matrices.Parameters), LargestGradientNorm);
        _optimizer.Step(rate, _parallel.ForEach);
        _matrices?.Step(rate, _parallel.ForEach);
        _average.Update(_parallel.ForEach);
        return norm;
    }

    /// <summary>Puts the averaged weights into <see cref="Network"/> until the result is disposed; meanwhile the caller has all threads.</summary>
    public IDisposable Averaged() => new AveragedWeights(_average.Swap(), _parallel.Rest());

    /// <summary>Measures something of each item with the weights that are in the network now; see <see cref="DataParallel{TNetwork}.Map"/>.</summary>
    public TResult[] Map<TItem, TResult>(IReadOnlyList<TItem> items, Func<TNetwork, TItem, TResult> measure) => _parallel.Map(items, measure);

    /// <summary>All that a checkpoint must hold.</summary>
    public Dictionary<string, Tensor> State() => StateDictionary.Join(
        ("model", ModuleWeights.Collect(Network)), ("average", _average.State()), ("optimizer", _optimizer.State()), ("matrices", _matrices?.State() ?? []));

    /// <summary>Restores what <see cref="State"/> gave, exactly.</summary>
    /// <param name="state">The tensors; others among them are left alone.</param>
    /// <param name="source">What to name in messages: the file.</param>
    /// <exception cref="InputException">A tensor is missing, left over in a part, or of another shape or type.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source)
    {
        ModuleWeights.LoadInto(Network, state.Part("model", source), source);
        _average.LoadState(state.Part("average", source), source);
        _optimizer.LoadState(state.Part("optimizer", source), source);
        _matrices?.LoadState(state.Part("matrices", source), source);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _parallel.Dispose();
        _average.Dispose();
        _optimizer.Dispose();
        _matrices?.Dispose();
        Network.Dispose();
    }
}

/// <summary>Ends the use of averaged weights.</summary>
internal sealed class AveragedWeights(IDisposable swap, IDisposable? rest) : IDisposable
{
    public void Dispose()
    {
        swap.Dispose();
        rest?.Dispose();
    }
}

/// <summary>Puts the parts of a training's state under prefixes, and takes them out again.</summary>
public static class StateDictionary
{
    /// <summary>All parts in one, each name behind its part's prefix and a point.</summary>
    public static Dictionary<string, Tensor> Join(params (string Prefix, IReadOnlyDictionary<string, Tensor> Part)[] parts) =>
        parts.SelectMany(p => p.Part.Select(t => (Key: $"{p.Prefix}.{t.Key}", t.Value))).ToDictionary(t => t.Key, t => t.Value);

    /// <summary>The tensors behind one prefix, under their own names.</summary>
    /// <param name="state">The whole.</param>
    /// <param name="prefix">The part's prefix, without the point.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static Dictionary<string, Tensor> Part(this IReadOnlyDictionary<string, Tensor> state, string prefix, string source)
    {
        var part = state.Where(t => t.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(t => t.Key[(prefix.Length + 1)..], t => t.Value);
        return part.Count > 0 ? part : throw new InputException($"{source}: has no part '{prefix}'; it belongs to another kind of run");
    }
}
