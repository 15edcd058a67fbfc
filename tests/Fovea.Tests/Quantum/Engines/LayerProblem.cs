using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>A two-layer circuit, with re-uploading or without, and a random batch for it.</summary>
internal sealed class LayerProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public LayerProblem(int wires, int batch, ulong seed, bool reupload = true)
    {
        Circuit = new QuantumLayerSpec
        {
            Qubits = wires,
            Layers = 2,
            Ansatz = "strongly-entangling",
            Encoding = InputEncoding.X,
            Reupload = reupload,
        }.BuildCircuit();
        var random = new CounterRandom(seed, 1);
        Inputs = EngineRun.Cast<T>(RandomCircuit.Numbers(random, batch * wires, 3));
        Weights = EngineRun.Cast<T>(RandomCircuit.Numbers(random, Circuit.WeightCount, 3));
        Cotangents = EngineRun.Cast<T>(RandomCircuit.Numbers(random, batch * wires, 1));
    }

    private LayerProblem(LayerProblem<T> other, int[] rows)
    {
        Circuit = other.Circuit;
        Weights = other.Weights;
        Inputs = Rows(other.Inputs, rows);
        Cotangents = Rows(other.Cotangents, rows);
    }

    public Circuit Circuit { get; }

    public T[] Inputs { get; }

    public T[] Weights { get; }

    public T[] Cotangents { get; }

    /// <summary>The same problem with these samples, in this order.</summary>
    public LayerProblem<T> Select(int[] rows) => new(this, rows);

    public EngineResult<T> Run(IExpectationEngine<T> engine) => EngineRun.Run(engine, Inputs, Weights, Cotangents);

    private T[] Rows(T[] values, int[] rows) =>
        [.. rows.SelectMany(row => values.Skip(row * Circuit.WireCount).Take(Circuit.WireCount))];
}
