using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.PauliPropagation;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// Expectation values of a circuit in tensor operations only, on the device and in the data type of its tensors, so that a layer
/// on a GPU does not wait for the CPU. The formula is that of
/// <see cref="Fovea.Quantum.Engines.TrigonometricEngine{T}"/>; gradients are the tensor library's. One call at a
/// time: constants are copied to a device at the first call there.
/// </summary>
internal sealed class TensorCircuit : IDisposable
{
    /// <summary>Most numbers in the matrices of all outputs together: beyond it too many of them would be zeros.</summary>
    internal const long MaxMatrixNumbers = 1 << 22;

    private const int MaxChunk = 1 << 14;
    private const int MinChunk = 1 << 8;
    private const int NumbersPerChunk = 1 << 25;
    private static readonly double[] One = [1];
    private static readonly double[] Zero = [0];
    private readonly TensorPullBack _pullBack;
    private readonly TensorFeatures _features;
    private readonly TensorOutput?[] _outputs;
    private readonly List<TensorConstants> _constants = [];
    private readonly int _chunk;

    private TensorCircuit(TrigonometricPlan plan)
    {
        Circuit = plan.Circuit;
        _pullBack = new TensorPullBack((PropagationProgram)plan.Program, Circuit.WeightCount);
        _features = new TensorFeatures(plan);
        _outputs = new TensorOutput?[Circuit.Observables.Length];
        foreach (var rows in plan.Rows.GroupBy(row => row.Output)) _outputs[rows.Key] = new TensorOutput(plan, rows, _features);
        var numbers = (2 * _features.Count) + _outputs.Sum(output => output?.NumbersPerSample ?? 0);
        _chunk = Math.Clamp(NumbersPerChunk / numbers, MinChunk, MaxChunk);
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>Circuits evaluated forward since this was made.</summary>
    public long CircuitsEvaluated { get; private set; }

    /// <summary>
    /// Lays a circuit out, or returns null when it has no such form (an input behind an entangling gate, amplitudes) or takes too
    /// many coefficients.
    /// </summary>
    public static TensorCircuit? TryCreate(Circuit circuit)
    {
        if (TrigonometricPlan.TryCreate(circuit, out _) is not { } plan) return null;
        var result = new TensorCircuit(plan);
        return result._outputs.Sum(output => output?.MatrixSize ?? 0) <= MaxMatrixNumbers ? result : null;
    }

    /// <summary>
    /// Computes the expectation values, in chunks of samples: without gradients the memory is that of one chunk, with gradients
    /// the graph keeps the features of all.
    /// </summary>
    /// <param name="inputs">[batch, inputs], float32 or float64; the batch may be 0.</param>
    /// <param name="weights">[weights] of the same device and type.</param>
    /// <returns>[batch, outputs].</returns>
    /// <exception cref="ArgumentException">Shapes, types or devices do not fit.</exception>
    public Tensor Forward(Tensor inputs, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var constants = ConstantsFor(inputs);
        RequireFit(inputs, weights, constants);
        var values = cat([weights.reshape(-1, 1), constants.Numbers(One).view(1, 1)], 0);
        var coefficients = _pullBack.Coefficients(values, constants);
        var matrices = Array.ConvertAll(_outputs, output => output?.Matrix(coefficients, constants));
        var (batch, start) = (inputs.shape[0], 0L);
        var parts = new List<Tensor>();
        do
        {
            var count = Math.Min(_chunk, batch - start);
            parts.Add(Chunk(inputs.narrow(0, start, count).t(), values, matrices, constants));
            start += count;
        }
        while (start < batch);
        CircuitsEvaluated += batch;
        return cat([.. parts], 1).t().contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var constants in _constants) constants.Dispose();
        _constants.Clear();
    }

    /// <summary>[outputs, samples] for inputs [inputs, samples].</summary>
    private Tensor Chunk(Tensor inputs, Tensor weights, Tensor?[] matrices, TensorConstants constants)
    {
        using var scope = NewDisposeScope();
        var features = _features.Of(inputs, weights, constants);
        var expectations = _outputs.Select((output, k) =>
            output?.Expectation(matrices[k]!, features, constants) ?? constants.Numbers(Zero).expand(inputs.shape[1]));
        return stack([.. expectations], 0).MoveToOuterDisposeScope();
    }

    private TensorConstants ConstantsFor(Tensor inputs)
    {
        if (inputs.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"the inputs are {inputs.dtype}; Float32 and Float64 are supported", nameof(inputs));
        if (_constants.Find(constants => constants.Fit(inputs)) is { } known) return known;
        var added = new TensorConstants(inputs.device, inputs.dtype);
        _constants.Add(added);
        return added;
    }

    private void RequireFit(Tensor inputs, Tensor weights, TensorConstants constants)
    {
        if (!constants.Fit(weights))
            throw new ArgumentException($"the weights are {weights.dtype} on {weights.device}, the inputs {inputs.dtype} on {inputs.device}", nameof(weights));
        if (inputs.dim() != 2 || inputs.shape[1] != Circuit.InputCount)
            throw new ArgumentException($"the inputs are [{string.Join(", ", inputs.shape)}], expected is [batch, {Circuit.InputCount}]", nameof(inputs));
        if (weights.numel() != Circuit.WeightCount)
            throw new ArgumentException($"there are {weights.numel()} weights, {Circuit.WeightCount} are expected", nameof(weights));
    }
}

/// <summary>
/// Arrays that never change as tensors of one device and data type, each copied there once. They outlive every dispose scope
/// until this is disposed, and are told apart by reference.
/// </summary>
internal sealed class TensorConstants(Device device, ScalarType dtype) : IDisposable
{
    private readonly Dictionary<object, Tensor> _tensors = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the constants can meet this tensor in an operation.</summary>
    public bool Fit(Tensor tensor) =>
        tensor.dtype == dtype && tensor.device_type == device.type && tensor.device_index == device.index;

    /// <summary>Indices, [count] of int64.</summary>
    public Tensor Indices(long[] values) => Get(values, () => TensorSpans.From<long>(values));

    /// <summary>Numbers in the data type, [count].</summary>
    public Tensor Numbers(double[] values) => Get(values, () => TensorSpans.From<double>(values).to(dtype));

    /// <summary>A matrix without entries other than zero, flat. Not kept.</summary>
    public Tensor Zeros(long count) => zeros(count, dtype, device);

    /// <summary>The rows (entries of a vector) of a tensor with these indices.</summary>
    public Tensor Rows(Tensor source, long[] indices) => source.index_select(0, Indices(indices));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }

    private Tensor Get(object key, Func<Tensor> create)
    {
        if (_tensors.TryGetValue(key, out var known)) return known;
        using var scope = NewDisposeScope();
        return _tensors[key] = create().to(device).DetachFromDisposeScope();
    }
}
