using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>The contract at one register width.</summary>
public abstract class StateVectorEngineContract<T>(int laneBytes) : CompiledEngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Run_IdleWiresAdded_GivesTheSameValues()
    {
        // Eleven wires and more run in chunks of one block, which collect gradients another way.
        var problem = new LayerProblem<T>(4, batch: 19, seed: 13);
        var small = problem.Circuit;
        var observables = Enumerable.Range(0, 4).Select(Observable.Z);
        var wide = new Circuit(11, small.InputCount, small.WeightCount, small.Operations, observables);
        var (expected, actual) = (problem.Run(Create(small)), problem.Run(Create(wide)));
        double[] Doubles(T[] values) => [.. values.Select(double.CreateTruncating)];
        EngineRun.AssertClose(Doubles(expected.Expectations), actual.Expectations, Tolerance, "expectation");
        EngineRun.AssertClose(Doubles(expected.InputGradients), actual.InputGradients, Tolerance, "input gradient");
        EngineRun.AssertClose(Doubles(expected.WeightGradients), actual.WeightGradients, 5 * Tolerance, "weight gradient");
    }

    protected override IExpectationEngine<T> Create(Circuit circuit, int threads = 1) =>
        new StateVectorEngine<T>(circuit, threads, laneBytes);
}
