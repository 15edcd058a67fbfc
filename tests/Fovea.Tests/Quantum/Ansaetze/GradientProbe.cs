using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Ansaetze;

/// <summary>The largest size of each gradient of a circuit over several random points.</summary>
internal static class GradientProbe
{
    /// <summary>
    /// What a gradient that is zero by algebra may be after rounding: some 1e-16 for each of the few hundred rotations. Live ones are
    /// of order 0.01 to 1 at a random point.
    /// </summary>
    public const double Zero = 1e-12;

    private const int Points = 4;
    private const int Batch = 2;

    /// <summary>Indices of the weights whose gradient is zero at every point.</summary>
    public static int[] DeadWeights(Circuit circuit) => Indices(Largest(circuit).Weights, size => size < Zero);

    /// <summary>Indices of the inputs whose gradient is zero at every point.</summary>
    public static int[] DeadInputs(Circuit circuit) => Indices(Largest(circuit).Inputs, size => size < Zero);

    private static (double[] Weights, double[] Inputs) Largest(Circuit circuit)
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

        return (largestWeights, largestInputs);
    }

    private static void Raise(double[] largest, double[] gradients)
    {
        for (var i = 0; i < gradients.Length; i++)
            largest[i % largest.Length] = Math.Max(largest[i % largest.Length], Math.Abs(gradients[i]));
    }

    private static int[] Indices(double[] sizes, Predicate<double> condition) =>
        [.. Enumerable.Range(0, sizes.Length).Where(i => condition(sizes[i]))];
}
