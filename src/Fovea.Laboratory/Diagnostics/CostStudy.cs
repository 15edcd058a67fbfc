using System.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Laboratory.Diagnostics;

/// <summary>Counts the gates of a circuit.</summary>
internal static class CostStudy
{
    /// <summary>The costs, without speed.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="dead">How many of its parameters are dead.</param>
    public static CircuitCost Count(Circuit circuit, int dead) => new()
    {
        Parameters = circuit.WeightCount,
        LiveParameters = circuit.WeightCount - dead,
        OneQubitGates = circuit.Operations.Count(operation => operation.Wires.Length == 1),
        TwoQubitGates = circuit.Operations.Count(operation => operation.Wires.Length > 1),
        Depth = Depth(circuit),
    };

    private static int Depth(Circuit circuit)
    {
        var until = new int[circuit.WireCount];
        foreach (var operation in circuit.Operations)
        {
            var end = operation.Wires.Max(wire => until[wire]) + 1;
            foreach (var wire in operation.Wires)
                until[wire] = end;
        }

        return until.Max();
    }
}

/// <summary>Measures how many circuits a second the engine computes, one thread, single precision.</summary>
internal static class EngineSpeed
{
    /// <summary>Circuits in a call.</summary>
    public const int Batch = 1024;

    private const int Repetitions = 3;

    /// <summary>The cost with its speed. Anything else that runs meanwhile makes it slower.</summary>
    /// <param name="cost">The counted costs.</param>
    /// <param name="circuit">The circuit.</param>
    /// <param name="seconds">Time to spend, about.</param>
    public static CircuitCost Measure(CircuitCost cost, Circuit circuit, double seconds)
    {
        var plan = new EnginePlanner(Batch).Plan(circuit);
        var engine = plan.CreateEngine<float>(threads: 1);
        var (inputs, weights) = Values(circuit);
        var outputs = new float[Batch * engine.OutputCount];
        var (cotangents, inputGradients, weightGradients) = (new float[outputs.Length], new float[inputs.Length], new float[weights.Length]);
        Array.Fill(cotangents, 1);
        return cost with
        {
            Engine = plan.Chosen.Name,
            ForwardPerSecond = Rate(seconds / 2, () => engine.Forward(inputs, weights, outputs)),
            GradientPerSecond = Rate(seconds / 2, () => engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients)),
        };
    }

    private static (float[] Inputs, float[] Weights) Values(Circuit circuit)
    {
        var (inputs, weights) = (new double[Batch * circuit.InputCount], new double[Batch * circuit.WeightCount]);
        new ParameterDraws(circuit, 0).Fill(0, Batch, inputs, weights);
        return (Array.ConvertAll(inputs, value => (float)value), Array.ConvertAll(weights[..circuit.WeightCount], value => (float)value));
    }

    /// <summary>The best of several stretches: interruptions only ever make one slower.</summary>
    private static double Rate(double seconds, Action call)
    {
        call();
        var best = 0.0;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var (calls, start) = (0, Stopwatch.GetTimestamp());
            do
            {
                call();
                calls++;
            }
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds / Repetitions);
            best = Math.Max(best, calls * Batch / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
