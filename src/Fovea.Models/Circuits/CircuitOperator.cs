using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Torch.Autograd;
using static TorchSharp.torch;

namespace Fovea.Models.Circuits;

/// <summary>A circuit as one node of the autograd graph: expectation values forward, vector-Jacobian product back.</summary>
internal sealed class CircuitOperator(Circuit circuit) : SpanOperator
{
    private object? _engine;

    /// <inheritdoc />
    public override int InputWidth => circuit.InputCount;

    /// <inheritdoc />
    public override int WeightCount => circuit.WeightCount;

    /// <inheritdoc />
    public override int OutputWidth => circuit.WireCount;

    internal Circuit Circuit => circuit;

    internal long CircuitsEvaluated { get; private set; }

    /// <inheritdoc />
    protected override object? Forward<T>(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> outputs)
    {
        CircuitsEvaluated += outputs.Length / OutputWidth;
        Engine<T>().Forward(inputs, weights, outputs);
        return null;
    }

    /// <inheritdoc />
    protected override void Backward<T>(
        object? saved, ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients) =>
        Engine<T>().VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients);

    // The engine runs inside a step of the tensor library, whose own threads are idle meanwhile: it may use as many.
    private IExpectationEngine<T> Engine<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var engine = _engine as IExpectationEngine<T> ?? new StateVectorEngine<T>(circuit);
        engine.Threads = get_num_threads();
        _engine = engine;
        return engine;
    }
}
