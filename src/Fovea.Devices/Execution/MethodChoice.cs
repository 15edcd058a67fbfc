using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.Planning;

namespace Fovea.Devices.Execution;

/// <summary>Computes expectation values without shots by the method that was asked for, or by the first that takes the circuit.</summary>
/// <param name="noisy">The circuit with its noise; every angle a constant.</param>
/// <param name="request">How it is run.</param>
/// <param name="seed">Seed of trajectories.</param>
internal sealed class MethodChoice(NoisyCircuit noisy, CircuitRunRequest request, ulong seed)
{
    private int Wires => noisy.Circuit.WireCount;

    public RunEstimate Run() => request.Method switch
    {
        SimulationMethod.DensityMatrix => DensityMatrix("as asked"),
        SimulationMethod.Trajectories => Trajectories("as asked"),
        null when request.Trajectories is not null => Trajectories("as their number is given"),
        _ => Exact(),
    };

    private RunEstimate Exact()
    {
        if (noisy.IsIdeal)
            return Ideal();
        if (TrigonometricEngine.TryCreate<double>(noisy, request.Threads, out var why) is { } engine)
            return Compute(engine, "exact, by the trigonometric engine");
        var reason = $"the trigonometric engine does not take this circuit ({why})";
        if (Wires <= Quantum.Engines.DensityMatrix.MaxWires)
            return DensityMatrix(reason);
        reason += $", and density matrices take at most {Quantum.Engines.DensityMatrix.MaxWires} wires, not {Wires}";
        return request.Method is null ? Trajectories(reason) : throw new InputException($"no exact way: {reason}; trajectories take it");
    }

    private RunEstimate Ideal()
    {
        var plan = new EnginePlanner(batch: 1, isDouble: true).TryPlan(noisy.Circuit, null, out var reason)
            ?? throw new InputException($"no engine can run this circuit: {reason}");
        return Compute(
            plan.CreateEngine<double>(request.Threads), plan.Parts.Count == 0 ? $"exact, by the {plan.Chosen.Name} engine" : $"exact, in {plan.Chosen.Name}");
    }

    private RunEstimate DensityMatrix(string reason) => Wires <= Quantum.Engines.DensityMatrix.MaxWires
        ? Compute(new DensityMatrixEngine(noisy), $"exact, by a density matrix: {reason}")
        : throw new InputException(
            $"density matrices take at most {Quantum.Engines.DensityMatrix.MaxWires} wires, not {Wires}; trajectories take {StateVectorMemory.MaxWires}");

    private RunEstimate Trajectories(string reason)
    {
        RequireStateVector(Wires);
        var count = request.Trajectories ?? CircuitRunRequest.DefaultTrajectories;
        var estimate = new TrajectorySimulator(noisy).Estimate([], [], count, seed, request.Threads);
        var method = string.Create(CultureInfo.InvariantCulture, $"estimated from {count:N0} trajectories: {reason}");
        return new([.. estimate.Means], [.. estimate.StandardErrors], method);
    }

    /// <summary>Throws where a state vector would be too large.</summary>
    internal static void RequireStateVector(int wires)
    {
        if (wires > StateVectorMemory.MaxWires)
            throw new InputException($"trajectories take at most {StateVectorMemory.MaxWires} wires, not {wires}");
    }

    private static RunEstimate Compute(IExpectationEngine<double> engine, string method)
    {
        var values = new double[engine.OutputCount];
        engine.Forward([], [], values);
        return new(values, [], method);
    }
}
