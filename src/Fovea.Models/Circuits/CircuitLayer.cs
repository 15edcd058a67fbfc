using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>
/// A circuit of one's own as a layer: input angles [batch, inputs] → expectation values [batch, observables], float32 or float64, with
/// exact gradients for inputs and weights. Tensors of another device are moved to the CPU and back.
/// </summary>
public sealed class CircuitLayer : nn.Module<Tensor, Tensor>, ISeededModule
{
    [ComponentName(Name = "weights")] private readonly Parameter _weights;
    private readonly CircuitOperator _circuit;

    /// <summary>Makes a layer of a circuit.</summary>
    /// <param name="circuit">The gates. Its inputs are the layer's inputs, its weights the layer's parameter.</param>
    /// <param name="observables">What is measured, one output each; null for the circuit's own observables.</param>
    /// <param name="seed">Seed of the initial weights, uniform in [0, 2π).</param>
    /// <param name="engine">The engine to use; null for the planner's choice.</param>
    /// <exception cref="NotSupportedException">No engine, or not the one asked for, takes the circuit.</exception>
    public CircuitLayer(Circuit circuit, IEnumerable<Observable>? observables = null, ulong seed = 0, EngineKind? engine = null) : base(nameof(CircuitLayer))
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var measured = observables is null
            ? circuit
            : new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations, observables, circuit.Preparation);
        _circuit = new CircuitOperator(measured, engine);
        var random = new CounterRandom(seed, 0);
        var start = Enumerable.Range(0, measured.WeightCount).Select(_ => (float)random.NextDouble(0, 2 * Math.PI)).ToArray();
        _weights = nn.Parameter(start.Length == 0 ? zeros(0) : tensor(start));
        RegisterComponents();
    }

    /// <summary>The circuit with the observables that are measured.</summary>
    public Circuit Circuit => _circuit.Circuit;

    /// <summary>The circuit's weights in radians, [WeightCount].</summary>
    public Parameter Weights => _weights;

    /// <summary>
    /// What computes the circuit in place of the ideal engine; null for the ideal one. A device gives noisy values, with shots estimates
    /// whose gradients are estimates by the parameter-shift rule. Not part of the layer's state.
    /// </summary>
    public ICircuitBackend? Backend
    {
        get => _circuit.Backend;
        set => _circuit.Backend = value;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The inputs are not [batch, inputs of the circuit].</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is not [_, var width] || width != Circuit.InputCount)
        {
            throw new ArgumentException(
                $"the inputs have the shape [{string.Join(", ", input.shape)}]; this circuit takes [batch, {Circuit.InputCount}]", nameof(input));
        }

        return SpanAutograd.Apply(_circuit, input.contiguous(), _weights);
    }

    /// <summary>Weights uniform in [0, 2π), by the seed of the whole network.</summary>
    public void InitializeParameters(ParameterInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        initializer.Uniform(_weights, "weights", 0, 2 * Math.PI);
    }
}
