using System.Numerics;
using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;

namespace Fovea.Training.Export;

/// <summary>What a quantum layer's circuits were given and returned for one image.</summary>
/// <param name="backend">After the network ran.</param>
/// <param name="layer">The layer that ran.</param>
internal sealed class LayerRecording(RecordingBackend backend, QuantumConvolution layer)
{
    private readonly (int Inputs, int Outputs) _width = (layer.Circuit.InputCount, layer.Circuit.Observables.Length);

    /// <summary>Side of the layer's square map.</summary>
    public int Side { get; } = (int)Math.Round(Math.Sqrt(backend.Inputs.Length / layer.Circuit.InputCount / (double)layer.Groups));

    /// <summary>Inputs at a position.</summary>
    /// <exception cref="InputException">The position or group does not exist.</exception>
    public double[] Inputs((int X, int Y) position, int group) =>
        backend.Inputs.AsSpan(Row(position, group) * _width.Inputs, _width.Inputs).ToArray();

    /// <summary>Expectation values at a position.</summary>
    /// <exception cref="InputException">The position or group does not exist.</exception>
    public double[] Expectations((int X, int Y) position, int group) =>
        backend.Expectations.AsSpan(Row(position, group) * _width.Outputs, _width.Outputs).ToArray();

    /// <summary>The layer orders its batch by image, row, column and group; where groups have weights of their own, by group, image, row and column.</summary>
    private int Row((int X, int Y) position, int group)
    {
        if (position.X < 0 || position.X >= Side || position.Y < 0 || position.Y >= Side)
        {
            throw new InputException(
                $"{new NamedInput("Position")} {position.X},{position.Y} is outside the layer's {Side} × {Side} map; "
                    + $"allowed: X 0 to {Side - 1}, Y 0 to {Side - 1}");
        }

        var place = (position.Y * Side) + position.X;
        return layer.IsShared ? (place * layer.Groups) + group : (group * Side * Side) + place;
    }
}

/// <summary>Computes circuits with the ideal engine and keeps the inputs and results of all calls, one after the other.</summary>
internal sealed class RecordingBackend : ICircuitBackend
{
    /// <summary>[rows, InputCount].</summary>
    public double[] Inputs { get; private set; } = [];

    /// <summary>[rows, outputs].</summary>
    public double[] Expectations { get; private set; } = [];

    /// <inheritdoc />
    public IExpectationEngine<T> CreateEngine<T>(Circuit circuit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Recorder<T>(new EnginePlanner(isDouble: typeof(T) == typeof(double)).Plan(circuit).CreateEngine<T>(), this);

    private static double[] Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var copy = new double[values.Length];
        for (var k = 0; k < copy.Length; k++) copy[k] = double.CreateTruncating(values[k]);
        return copy;
    }

    private sealed class Recorder<T>(IExpectationEngine<T> engine, RecordingBackend owner) : IExpectationEngine<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Circuit Circuit => engine.Circuit;

        public int OutputCount => engine.OutputCount;

        public int Threads
        {
            get => engine.Threads;
            set => engine.Threads = value;
        }

        public void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, Span<T> expectations)
        {
            engine.Forward(inputs, weights, expectations);
            (owner.Inputs, owner.Expectations) = ([.. owner.Inputs, .. Copy(inputs)], [.. owner.Expectations, .. Copy<T>(expectations)]);
        }

        public void VectorJacobianProduct(
            ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients) =>
            engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients);
    }
}
