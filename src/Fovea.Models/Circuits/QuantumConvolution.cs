using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// A parameterised quantum circuit in a convolution's place: the middle of an <see cref="AngleConvolution"/> is the circuit, which
/// runs once for each group at each position and gives its expectation values: ⟨Z_i⟩, i = 0 … qubits − 1, or other observables.
/// </summary>
public sealed class QuantumConvolution : AngleConvolution
{
    [ComponentName(Name = "weights")] private readonly Parameter _weights;
    [ComponentName(Name = "upload_scale")] private readonly Parameter? _uploadScale;
    [ComponentName(Name = "upload_shift")] private readonly Parameter? _uploadShift;
    private readonly CircuitOperator _circuit;
    private readonly double _startRange;
    private readonly double[] _scaleStart;
    private readonly Lazy<TensorCircuit?> _tensorCircuit;

    /// <summary>
    /// Builds the layer for <paramref name="channels"/> channels in and out. Throws <see cref="InputException"/> when the circuit's
    /// encoding takes another number of inputs than one a qubit, and when there is no separable twin where that is asked for.
    /// </summary>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">The circuit and the groups.</param>
    /// <param name="frozen">Whether the weights stay as they start: they require no gradient, so that no optimizer takes them.</param>
    public QuantumConvolution(int channels, QuantumOptions options, bool frozen = false)
        : this(channels, options, frozen ? QuantumLayerKind.Frozen : QuantumLayerKind.Circuit) { }

    private QuantumConvolution(int channels, QuantumOptions options, QuantumLayerKind kind) : base(nameof(QuantumConvolution), channels, options, kind)
    {
        if (!InputEncodings.OnePerWire.Contains(options.Circuit.Encoding))
        {
            throw new InputException(
                $"quantum.encoding = {options.Circuit.Encoding.Name()} does not take one input a qubit; allowed: "
                    + $"{string.Join(", ", InputEncodings.OnePerWire.Select(InputEncodings.Name))}");
        }

        (_startRange, _scaleStart) = (options.StartRange, [.. options.UploadScaleStart]);
        _circuit = new CircuitOperator(options.BuildCircuit(kind), options.Engine, options.Middles);
        _tensorCircuit = new(() => options.Engine is null or EngineKind.Trigonometric ? TensorCircuit.TryCreate(_circuit.Circuit) : null);
        var weights = _circuit.Circuit.WeightCount;
        _weights = nn.Parameter(IsShared ? zeros(weights) : zeros(Groups, weights), requires_grad: kind != QuantumLayerKind.Frozen);
        if (options.UploadScales)
        {
            long[] shape = IsShared ? [options.Circuit.Uploads, Qubits] : [Groups, options.Circuit.Uploads, Qubits];
            (_uploadScale, _uploadShift) = (nn.Parameter(ones(shape)), nn.Parameter(zeros(shape)));
        }

        RegisterComponents();
    }

    /// <summary>The layer whose circuit has no entangling gates and all else of <see cref="QuantumOptions.Circuit"/>.</summary>
    public static QuantumConvolution Separable(int channels, QuantumOptions options) => new(channels, options, QuantumLayerKind.Separable);

    /// <summary>The circuit's weights (radians), [weightCount] in the order of the ansatz's gate list, or [groups, weightCount].</summary>
    public Parameter Weights => _weights;

    /// <summary>
    /// The scale that each upload multiplies the angle of each wire by, [uploads, qubits] or [groups, uploads, qubits], and the shift (radians) it adds; null
    /// where uploads have none.
    /// </summary>
    public (Parameter Scale, Parameter Shift)? UploadScales => _uploadScale is null || _uploadShift is null ? null : (_uploadScale, _uploadShift);

    /// <summary>
    /// The circuit that runs at each position. Its inputs are the angles, or where uploads have scales, the scaled and shifted angles of one upload after the
    /// other.
    /// </summary>
    public Fovea.Quantum.Circuits.Circuit Circuit => _circuit.Circuit;

    /// <summary>
    /// What computes the circuit in place of the ideal engine, a noisy device for instance; null for the ideal one. Not part of
    /// the layer's state.
    /// </summary>
    public ICircuitBackend? Backend
    {
        get => _circuit.Backend;
        set => _circuit.Backend = value;
    }

    /// <summary>Circuits evaluated forward by this layer since it was made.</summary>
    public long CircuitsEvaluated =>
        _circuit.CircuitsEvaluated + (CreatedTensors?.CircuitsEvaluated ?? 0);

    /// <summary>Whether the circuit is computed in tensor operations on the CPU, too, where an engine is faster; for tests.</summary>
    internal bool PrefersTensors { get; init; }

    /// <summary>Whether circuits were evaluated in tensor operations.</summary>
    internal bool UsedTensors => CreatedTensors is { CircuitsEvaluated: > 0 };

    private TensorCircuit? CreatedTensors => _tensorCircuit.IsValueCreated ? _tensorCircuit.Value : null;

    /// <inheritdoc />
    protected override Tensor Middle(Tensor angles)
    {
        var inputs = Uploads(angles);
        return Tensors(inputs) is { } tensors ? InTensors(tensors, inputs) : SpanAutograd.Apply(_circuit, inputs, _weights);
    }

    /// <summary>Circuit weights uniform in the range of the options; scales of uploads as these say, shifts 0.</summary>
    protected override void InitializeMiddle(ParameterInitializer initializer)
    {
        var (low, high) = _startRange >= Math.PI ? (0, 2 * Math.PI) : (-_startRange, _startRange);
        initializer.Uniform(_weights, "weights", low, high);
        if (_uploadScale is null || _uploadShift is null) return;
        using var scope = NewDisposeScope();
        for (var upload = 0; upload < _uploadScale.shape[^2]; upload++)
            ParameterInitializer.Constant(_uploadScale.select(-2, upload), _scaleStart[upload % _scaleStart.Length]);
        ParameterInitializer.Constant(_uploadShift, 0);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) CreatedTensors?.Dispose();
        base.Dispose(disposing);
    }

    // [samples, qubits] → [samples, uploads · qubits] where uploads have scales, of which each group can have its own.
    private Tensor Uploads(Tensor angles)
    {
        if (_uploadScale is null || _uploadShift is null) return angles;
        var (scale, shift, groups) = (
            _uploadScale.view(-1, 1, _uploadScale.shape[^2], Qubits), _uploadShift.view(-1, 1, _uploadScale.shape[^2], Qubits), IsShared ? 1 : Groups);
        return angles.view(groups, angles.shape[0] / groups, 1, Qubits).mul(scale).Plus(shift).view(angles.shape[0], -1);
    }

    private Tensor InTensors(TensorCircuit tensors, Tensor angles)
    {
        if (IsShared) return tensors.Forward(angles, _weights);
        var samples = angles.shape[0] / Groups;
        return cat([.. Enumerable.Range(0, Groups).Select(group => tensors.Forward(angles.narrow(0, group * samples, samples), _weights.select(0, group)))], 0);
    }

    /// <summary>
    /// The circuit in tensor operations, which needs no move to the CPU; null where an engine computes it: on the CPU, for
    /// circuits without such a form, under a backend, and when the options name another engine.
    /// </summary>
    private TensorCircuit? Tensors(Tensor angles) =>
        Backend is null && (PrefersTensors || angles.device_type != DeviceType.CPU) ? _tensorCircuit.Value : null;
}
