using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;

namespace Fovea.Training.Circuits;

/// <summary>Computes circuits with the ideal engine and keeps the inputs and results of the last call.</summary>
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
            (owner.Inputs, owner.Expectations) = (Copy(inputs), Copy<T>(expectations));
        }

        public void VectorJacobianProduct(
            ReadOnlySpan<T> inputs, ReadOnlySpan<T> weights, ReadOnlySpan<T> cotangents, Span<T> inputGradients, Span<T> weightGradients) =>
            engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients);
    }
}
