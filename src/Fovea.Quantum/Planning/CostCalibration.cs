using System.Diagnostics;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;

namespace Fovea.Quantum.Planning;

/// <summary>
/// Measures probe circuits on this machine and scales the default cost model to them. Plans made with a measured model may
/// differ from run to run where two ways are about equally fast.
/// </summary>
public static class CostCalibration
{
    private const int Batch = 2048;

    // The run-time compiler is still at work in the first rounds; the last one counts.
    private const int Rounds = 3;
    private static readonly (string Ansatz, int Qubits)[] Probes = [("strongly-entangling", 4), ("strongly-entangling", 6), ("ese2-recon", 8)];

    /// <summary>A cost model for this machine, from about <paramref name="seconds"/> of measurements on one thread.</summary>
    public static CostModel Measure(double seconds = 6)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        var kinds = Enum.GetValues<EngineKind>();
        var each = seconds / (Rounds * kinds.Length * Probes.Length);
        var ratios = Array.Empty<double>();
        for (var round = 0; round < Rounds; round++)
            ratios = Array.ConvertAll(kinds, kind => Ratio(kind, each));
        double Of(EngineKind kind) => ratios[Array.IndexOf(kinds, kind)];
        return CostModel.Default.Scaled(Of(EngineKind.StateVector), Of(EngineKind.Trigonometric), Of(EngineKind.Unitary));
    }

    /// <summary>Geometric mean over the probes of measured over estimated time.</summary>
    private static double Ratio(EngineKind kind, double seconds) => Math.Exp(Probes.Average(probe =>
    {
        var circuit = new QuantumLayerSpec { Qubits = probe.Qubits, Layers = 3, Ansatz = probe.Ansatz }.BuildCircuit();
        var plan = new EnginePlanner(Batch).Plan(circuit, kind);
        return Math.Log(Nanoseconds(plan.CreateEngine<float>(), seconds) / plan.Chosen.Nanoseconds);
    }));

    /// <summary>The shortest time of a circuit with its gradient: other work on the machine only ever adds to it.</summary>
    private static double Nanoseconds(IExpectationEngine<float> engine, double seconds)
    {
        var random = new Fovea.Core.Random.CounterRandom(1, 0);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble(-3, 3))];
        var (inputs, weights) = (Numbers(Batch * engine.Circuit.InputCount), Numbers(engine.Circuit.WeightCount));
        var cotangents = Numbers(Batch * engine.OutputCount);
        var (inputGradients, weightGradients) = (new float[inputs.Length], new float[weights.Length]);
        var (shortest, clock) = (TimeSpan.MaxValue, Stopwatch.StartNew());
        for (var call = 0; call < 3 || clock.Elapsed.TotalSeconds < seconds; call++)
        {
            weights[0] += 0.001f;
            var start = Stopwatch.GetTimestamp();
            engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients);
            var elapsed = Stopwatch.GetElapsedTime(start);
            shortest = elapsed < shortest ? elapsed : shortest;
        }

        return shortest.TotalNanoseconds / Batch;
    }
}
