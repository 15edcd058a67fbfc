using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>The weights and inputs of a circuit whose gradient is zero at each of several random points.</summary>
internal sealed class GradientProbe
{
    /// <summary>
    /// What a gradient that is zero by algebra may be after rounding: some 1e-16 for each of the few hundred rotations. Live ones are
    /// of order 0.01 to 1 at a random point.
    /// </summary>
    public const double Zero = 1e-12;

    private const int Points = 4;
    private const int Batch = 2;

    public GradientProbe(Circuit circuit)
    {
        var engine = new StateVectorEngine<double>(circuit);
        var random = new CounterRandom(21, 0);
        var (largestWeights, largestInputs) = (new double[circuit.WeightCount], new double[circuit.InputCount]);
        for (var point = 0; point < Points; point++)
        {
            var inputs = RandomCircuit.Numbers(random, Batch * circuit.InputCount, 3);
            var weights = RandomCircuit.Numbers(random, circuit.WeightCount, 3);
            var cotangents = RandomCircuit.Numbers(random, Batch * circuit.WireCount, 1);
            var result = EngineRun.Run(engine, inputs, weights, cotangents);
            Raise(largestWeights, result.WeightGradients);
            Raise(largestInputs, result.InputGradients);
        }

        DeadWeights = Dead(largestWeights);
        DeadInputs = Dead(largestInputs);
    }

    /// <summary>Indices of the weights that do nothing.</summary>
    public IReadOnlyList<int> DeadWeights { get; }

    /// <summary>Indices of the inputs that do nothing.</summary>
    public IReadOnlyList<int> DeadInputs { get; }

    // Input gradients come sample after sample.
    private static void Raise(double[] largest, double[] gradients)
    {
        for (var i = 0; i < gradients.Length; i++)
            largest[i % largest.Length] = Math.Max(largest[i % largest.Length], Math.Abs(gradients[i]));
    }

    private static int[] Dead(double[] sizes) => [.. Enumerable.Range(0, sizes.Length).Where(i => sizes[i] < Zero)];
}
