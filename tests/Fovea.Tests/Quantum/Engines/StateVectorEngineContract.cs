using System.Numerics;
using Fovea.Core.Random;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>The contract at one register width.</summary>
public abstract class StateVectorEngineContract<T>(int laneBytes) : CompiledEngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Eleven wires and more run in chunks of one block, which collect gradients another way; the states of sixteen are too large to keep, so
    // that ψ is undone together with λ.
    [Theory]
    [InlineData(11)]
    [InlineData(16)]
    public void Run_IdleWiresAdded_GivesTheSameValues(int wires)
    {
        var problem = new LayerProblem<T>(4, batch: 19, seed: 13);
        var small = problem.Circuit;
        var observables = Enumerable.Range(0, 4).Select(Observable.Z);
        var wide = new Circuit(wires, small.InputCount, small.WeightCount, small.Operations, observables);
        var (expected, actual) = (problem.Run(Create(small)), problem.Run(Create(wide)));
        double[] Doubles(T[] values) => [.. values.Select(double.CreateTruncating)];
        EngineRun.AssertClose(Doubles(expected.Expectations), actual.Expectations, Tolerance, "expectation");
        EngineRun.AssertClose(Doubles(expected.InputGradients), actual.InputGradients, Tolerance, "input gradient");
        EngineRun.AssertClose(Doubles(expected.WeightGradients), actual.WeightGradients, 5 * Tolerance, "weight gradient");
    }

    // The tangent of half of π is infinite, and that of angles close by nearly so.
    [Theory]
    [InlineData(Math.PI)]
    [InlineData(-Math.PI)]
    [InlineData(3.1415)]
    [InlineData(3.1)]
    [InlineData(0)]
    public void Run_AllAnglesNearHalfTurns_MatchesReference(double angle)
    {
        var builder = new CircuitBuilder(4);
        for (var wire = 0; wire < 4; wire++)
            builder.RY(Angle.Input(wire), wire);
        for (var layer = 0; layer < 3; layer++)
        {
            for (var wire = 0; wire < 4; wire++)
                builder.CNOT(wire, (wire + 1) % 4);
            if (layer == 1)
                builder.CZ(0, 2);
            for (var wire = 0; wire < 4; wire++)
                builder.RY(Angle.Weight((4 * layer) + wire), wire);
        }

        var circuit = builder.Build(Enumerable.Range(0, 4).Select(Observable.Z));
        var random = new CounterRandom(17, 0);
        var (inputs, cotangents) = (RandomCircuit.Numbers(random, 12, 3), RandomCircuit.Numbers(random, 12, 1));
        double[] weights = [.. Enumerable.Range(0, 12).Select(weight => weight % 5 == 4 ? 0.3 : angle)];
        var expected = EngineRun.Run(new ReferenceEngine(circuit), inputs, weights, cotangents);
        var actual = EngineRun.Run(Create(circuit), EngineRun.Cast<T>(inputs), EngineRun.Cast<T>(weights), EngineRun.Cast<T>(cotangents));
        EngineRun.AssertClose(expected.Expectations, actual.Expectations, Tolerance, "expectation");
        EngineRun.AssertClose(expected.InputGradients, actual.InputGradients, 5 * Tolerance, "input gradient");
        EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, 5 * Tolerance, "weight gradient");
    }

    // Neither the norm of the amplitudes nor what half turns leave out of a state may take it out of the range of numbers, and both meet at the entry.
    [Theory]
    [InlineData(1e30)]
    [InlineData(1e-30)]
    [InlineData(1)]
    public void Run_AmplitudesOfAnyNormBeforeHalfTurns_MatchesReference(double norm)
    {
        var builder = new CircuitBuilder(2).PrepareAmplitudes();
        for (var layer = 0; layer < 4; layer++)
            builder.RY(Angle.Weight(2 * layer), 0).RY(Angle.Weight((2 * layer) + 1), 1).CNOT(0, 1);
        var circuit = builder.Build([Observable.Z(0), Observable.Z(1)]);
        double[] inputs = [norm, -0.5 * norm, 0.25 * norm, 0.1 * norm];
        // Tangents of 24 to 28: together they leave out some 2⁻³⁸.
        double[] weights = [3.07, 3.06, -3.07, 3.065, 3.07, 3.06, 3.065, 3.07];
        double[] cotangents = [0.7, -0.3];
        var expected = EngineRun.Run(new ReferenceEngine(circuit), inputs, weights, cotangents);
        var actual = EngineRun.Run(Create(circuit), EngineRun.Cast<T>(inputs), EngineRun.Cast<T>(weights), EngineRun.Cast<T>(cotangents));
        EngineRun.AssertClose(expected.Expectations, actual.Expectations, Tolerance, "expectation");
        EngineRun.AssertClose(
            [.. expected.InputGradients.Select(value => value * norm)],
            EngineRun.Cast<double>(actual.InputGradients.Select(value => double.CreateTruncating(value) * norm)), 5 * Tolerance, "input gradient");
        EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, 5 * Tolerance, "weight gradient");
    }

    protected override IExpectationEngine<T> Create(Circuit circuit, int threads = 1) =>
        new StateVectorEngine<T>(circuit, threads, laneBytes);
}
