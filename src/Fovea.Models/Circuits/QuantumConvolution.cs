using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// A parameterised quantum circuit in a convolution's place. At every spatial position of every image the channels are projected
/// to <c>groups × qubits</c> angles, each bounded to (−π, π) by π·tanh(scale · projection) with a learned scale; the circuit runs
/// once for each group; its expectation values ⟨Z_i⟩, i = 0 … qubits − 1, are projected back to the channels. The circuit's
/// weights are shared by all positions and groups, as a convolution's are.
/// </summary>
public sealed class QuantumConvolution : nn.Module<Tensor, Tensor>, ISeededModule
{
    private static readonly Scalar Pi = MathF.PI;
    private readonly int _qubits;
    [ComponentName(Name = "project")] private readonly Conv2d _project;
    [ComponentName(Name = "scale")] private readonly Parameter _scale;
    [ComponentName(Name = "weights")] private readonly Parameter _weights;
    [ComponentName(Name = "expand")] private readonly Conv2d _expand;
    private readonly CircuitOperator _circuit;
    private readonly Lazy<TensorCircuit?> _tensorCircuit;

    /// <summary>
    /// Builds the layer for <paramref name="channels"/> channels in and out. Throws <see cref="InputException"/> when the circuit's
    /// encoding takes another number of inputs than one a qubit.
    /// </summary>
    public QuantumConvolution(int channels, QuantumOptions options) : base(nameof(QuantumConvolution))
    {
        if (!InputEncodings.OnePerWire.Contains(options.Circuit.Encoding))
            throw new InputException($"quantum.encoding = {options.Circuit.Encoding.Name()} does not take one input a qubit; allowed: {string.Join(", ", InputEncodings.OnePerWire.Select(InputEncodings.Name))}");
        _qubits = options.Circuit.Qubits;
        var angles = options.Groups * _qubits;
        _circuit = new CircuitOperator(options.Circuit.BuildCircuit(), options.Engine);
        _tensorCircuit = new(() => options.Engine is null or EngineKind.Trigonometric ? TensorCircuit.TryCreate(_circuit.Circuit) : null);
        _project = nn.Conv2d(channels, angles, 1);
        _scale = nn.Parameter(ones(angles));
        _weights = nn.Parameter(zeros(_circuit.Circuit.WeightCount));
        _expand = nn.Conv2d(angles, channels, 1);
        RegisterComponents();
    }

    /// <summary>The circuit's weights (radians), [weightCount] in the order of the ansatz's gate list.</summary>
    public Parameter Weights => _weights;

    /// <summary>The circuit that runs at each position.</summary>
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

    /// <summary>[batch, channels, height, width] → the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        var (batch, height, width) = (input.shape[0], input.shape[2], input.shape[3]);
        var angles = _project.call(input).mul(_scale.view(1, -1, 1, 1)).tanh().mul(Pi);
        var inputs = angles.permute(0, 2, 3, 1).reshape(-1, _qubits).contiguous();
        var expectations = Tensors(input) is { } tensors ? tensors.Forward(inputs, _weights) : SpanAutograd.Apply(_circuit, inputs, _weights);
        return _expand.call(expectations.view(batch, height, width, -1).permute(0, 3, 1, 2).contiguous());
    }

    /// <summary>Circuit weights uniform in [0, 2π), angle scales 1.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ParameterInitializer.Constant(_scale, 1);
        initializer.Uniform(_weights, "weights", 0, 2 * Math.PI);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) CreatedTensors?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// The circuit in tensor operations, which needs no move to the CPU; null where an engine computes it: on the CPU, for
    /// circuits without such a form, under a backend, and when the options name another engine.
    /// </summary>
    private TensorCircuit? Tensors(Tensor input) =>
        Backend is null && (PrefersTensors || input.device_type == DeviceType.CUDA) ? _tensorCircuit.Value : null;
}
