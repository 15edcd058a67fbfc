using System.Numerics;
using System.Runtime.InteropServices;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Torch.Training;

/// <summary>
/// The exponential moving average of a module's parameters, which samples better than the parameters themselves: after each step
/// <c>average ← average + (1 − d) · (parameter − average)</c> with d = min(decay, (1 + step) / (10 + step)), so that the first
/// steps do not remember the random start. Buffers are copied. Made for a module on its final device: parameters must not be
/// replaced (<c>module.to</c>) afterwards.
/// </summary>
public sealed class ExponentialMovingAverage : IDisposable
{
    private const string AveragePrefix = "average.";
    private const string StepName = "step";

    private readonly double _decay;
    private readonly List<(string Name, Tensor Source, Tensor Average)> _parameters = [];
    private readonly List<(string Name, Tensor Source, Tensor Copy)> _buffers = [];
    private bool _swapped;

    /// <summary>Starts the average at the module's present values.</summary>
    /// <param name="module">The module that is trained.</param>
    /// <param name="decay">Share of the old average that stays at each step, in [0, 1).</param>
    public ExponentialMovingAverage(nn.Module module, double decay)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(decay, 1);
        _decay = decay;
        var parameters = module.named_parameters().Select(p => p.name).ToHashSet();
        foreach (var (name, source) in ModuleWeights.Collect(module))
        {
            var own = (name, source, CopyOf(source));
            if (parameters.Contains(name)) _parameters.Add(own);
            else _buffers.Add(own);
        }
    }

    // A variable keeps the detached tensor: nothing else would, and a collection while it is copied would free it under the library.
    private static Tensor CopyOf(Tensor source)
    {
        using var detached = source.detach();
        return detached.clone().DetachFromDisposeScope();
    }

    /// <summary>Number of updates so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>The decay that the next update uses.</summary>
    public double CurrentDecay => Math.Min(_decay, (1.0 + StepCount) / (10.0 + StepCount));

    /// <summary>Takes the module's present values in: call it after each step of the optimizer.</summary>
    /// <param name="forEach">Does so many pieces of work, on several threads if it likes (<see cref="DataParallel{TNetwork}.ForEach"/>); null for one after the
    /// other.</param>
    /// <exception cref="InvalidOperationException">The module holds the average at present (<see cref="Swap"/>).</exception>
    public void Update(Action<int, Action<int>>? forEach = null)
    {
        RequireNotSwapped();
        using var noGradient = no_grad();
        var weight = 1 - CurrentDecay;
        (forEach ?? AdamW.OneAfterTheOther)(_parameters.Count, i => Approach(_parameters[i].Average, _parameters[i].Source, weight));
        foreach (var (_, source, copy) in _buffers) copy.copy_(source);
        StepCount++;
    }

    /// <summary>Copies the average into another module of the same structure.</summary>
    /// <exception cref="ArgumentException">The module's tensors have other names, shapes or types.</exception>
    public void CopyTo(nn.Module module)
    {
        try
        {
            ModuleWeights.LoadInto(module, Averages(), "average");
        }
        catch (Core.Errors.InputException e)
        {
            throw new ArgumentException(e.Message, nameof(module), e);
        }
    }

    /// <summary>
    /// Puts the average into the trained module until the returned object is disposed; then the trained values are back.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is swapped already.</exception>
    public IDisposable Swap()
    {
        RequireNotSwapped();
        _swapped = true;
        return new SwapScope(this);
    }

    /// <summary>
    /// What a checkpoint must hold: <c>average.NAME</c> for each parameter and buffer (the own tensors, not copies) and
    /// <c>step</c> (int64), which belongs to the caller.
    /// </summary>
    public Dictionary<string, Tensor> State()
    {
        var state = Averages().ToDictionary(a => AveragePrefix + a.Key, a => a.Value);
        state.Add(StepName, tensor(StepCount));
        return state;
    }

    /// <summary>Restores what <see cref="State"/> gave, exactly.</summary>
    /// <param name="state">The tensors.</param>
    /// <param name="source">What to name in messages: the file.</param>
    /// <exception cref="Fovea.Core.Errors.InputException">A tensor is missing, left over, or of another shape or type.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, string source = "checkpoint")
    {
        using var scope = NewDisposeScope();
        var targets = State();
        NamedTensors.CopyInto(targets, state, source, "weight average");
        StepCount = targets[StepName].item<long>();
    }

    /// <summary>Frees the averages.</summary>
    public void Dispose()
    {
        foreach (var (_, _, average) in _parameters.Concat(_buffers)) average.Dispose();
    }

    // average + w·(parameter − average), not d·average + w·parameter: a frozen parameter keeps its average exactly.
    private static void Approach(Tensor average, Tensor source, double weight)
    {
        if (source.dtype == ScalarType.Float32 && source.device_type == DeviceType.CPU && source.is_contiguous())
        {
            using var to = TensorSpans.Open<float>(average);
            using var from = TensorSpans.Open<float>(source);
            Approach(to.Values, from.Values, (float)weight);
            return;
        }

        using var scope = NewDisposeScope();
        using var scalar = (Scalar)weight;
        average.add_(source.sub(average), scalar);
    }

    private static void Approach(Span<float> average, ReadOnlySpan<float> source, float weight)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(average);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source)[..to.Length];
        var factor = new Vector<float>(weight);
        for (var i = 0; i < to.Length; i++) to[i] += factor * (from[i] - to[i]);
        for (var i = to.Length * Vector<float>.Count; i < average.Length; i++) average[i] += weight * (source[i] - average[i]);
    }

    private Dictionary<string, Tensor> Averages() =>
        _parameters.Concat(_buffers).ToDictionary(p => p.Name, p => p.Item3, StringComparer.Ordinal);

    private void RequireNotSwapped()
    {
        if (_swapped) throw new InvalidOperationException("the module holds the average at present: dispose what Swap returned first");
    }

    private sealed class SwapScope : IDisposable
    {
        private readonly ExponentialMovingAverage _owner;
        private readonly List<(Tensor Source, Tensor Trained)> _trained = [];

        internal SwapScope(ExponentialMovingAverage owner)
        {
            _owner = owner;
            using var noGradient = no_grad();
            foreach (var (_, source, average) in owner._parameters.Concat(owner._buffers))
            {
                _trained.Add((source, CopyOf(source)));
                source.copy_(average);
            }
        }

        public void Dispose()
        {
            if (_trained.Count == 0) return;
            using var noGradient = no_grad();
            foreach (var (source, trained) in _trained)
            {
                source.copy_(trained);
                trained.Dispose();
            }

            _trained.Clear();
            _owner._swapped = false;
        }
    }
}
