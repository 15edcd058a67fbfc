using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Benchmarks.Circuits;

/// <summary>Inputs and room for the results of a batch.</summary>
internal sealed class Buffers<T>(Circuit circuit, int batch, Func<T> next)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _inputs = Fill(batch * circuit.InputCount, next);
    private readonly T[] _weights = Fill(circuit.WeightCount, next);
    private readonly T[] _cotangents = Fill(batch * circuit.Observables.Length, next);
    private readonly T[] _expectations = new T[batch * circuit.Observables.Length];
    private readonly T[] _inputGradients = new T[batch * circuit.InputCount];
    private readonly T[] _weightGradients = new T[circuit.WeightCount];

    public void Forward(IExpectationEngine<T> engine) => engine.Forward(_inputs, _weights, _expectations);

    public void Gradient(IExpectationEngine<T> engine) =>
        engine.VectorJacobianProduct(_inputs, _weights, _cotangents, _inputGradients, _weightGradients);

    private static T[] Fill(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = next();
        return values;
    }
}
