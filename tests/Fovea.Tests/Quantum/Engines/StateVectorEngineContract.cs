using System.Numerics;
using CsCheck;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>The contract, and agreement with the reference engine over every gate, at one register width.</summary>
public abstract class StateVectorEngineContract<T>(int laneBytes) : EngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Run_RandomCircuits_MatchesReference() => RandomCircuit.Generator.Sample(
        random =>
        {
            var expected = EngineRun.Run(
                new ReferenceEngine(random.Circuit), random.Inputs, random.Weights, random.Cotangents);
            var actual = EngineRun.Run(
                Create(random.Circuit),
                EngineRun.Cast<T>(random.Inputs),
                EngineRun.Cast<T>(random.Weights),
                EngineRun.Cast<T>(random.Cotangents));
            // Float: an angle of 14 is itself off by 5e-7 and enters each output up to 24 times.
            var (value, gradient) = typeof(T) == typeof(double) ? (1e-13, 1e-11) : (1e-5, 1e-4);
            EngineRun.AssertClose(expected.Expectations, actual.Expectations, value, "expectation");
            EngineRun.AssertClose(expected.InputGradients, actual.InputGradients, gradient, "input gradient");
            EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, gradient, "weight gradient");
        },
        iter: 60,
        threads: 1);

    [Theory]
    [InlineData("ese2-recon", 7, InputEncoding.Y, false)]
    [InlineData("basic-entangler", 6, InputEncoding.Z, true)]
    [InlineData("strongly-entangling", 5, InputEncoding.Z, false)]
    [InlineData("strongly-entangling", 2, InputEncoding.X, true)]
    [InlineData("strongly-entangling", 1, InputEncoding.X, true)]
    public void Run_Ansaetze_MatchReference(string ansatz, int qubits, InputEncoding encoding, bool reupload)
    {
        var circuit = new QuantumLayerSpec
        {
            Qubits = qubits,
            Layers = 3,
            Ansatz = ansatz,
            Encoding = encoding,
            Reupload = reupload,
        }.BuildCircuit();
        var random = new Fovea.Core.Random.CounterRandom(11, 0);
        var inputs = RandomCircuit.Numbers(random, 2 * qubits, 3);
        var weights = RandomCircuit.Numbers(random, circuit.WeightCount, 3);
        var cotangents = RandomCircuit.Numbers(random, 2 * qubits, 1);
        var expected = EngineRun.Run(new ReferenceEngine(circuit), inputs, weights, cotangents);
        var actual = EngineRun.Run(
            Create(circuit), EngineRun.Cast<T>(inputs), EngineRun.Cast<T>(weights), EngineRun.Cast<T>(cotangents));
        var gradient = 5 * Tolerance;
        EngineRun.AssertClose(expected.Expectations, actual.Expectations, Tolerance, "expectation");
        EngineRun.AssertClose(expected.InputGradients, actual.InputGradients, gradient, "input gradient");
        EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, gradient, "weight gradient");
    }

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

    [Fact]
    public void Calls_InSteadyState_AllocateNothingOnOneThread()
    {
        var problem = new LayerProblem<T>(4, batch: 100, seed: 12);
        var engine = Create(problem.Circuit);
        var (z, dx, dw) = (new T[400], new T[400], new T[problem.Weights.Length]);
        Call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Call();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Call()
        {
            engine.Forward(problem.Inputs, problem.Weights, z);
            engine.VectorJacobianProduct(problem.Inputs, problem.Weights, problem.Cotangents, dx, dw);
        }
    }

    protected override IExpectationEngine<T> Create(Circuit circuit, int threads = 1) =>
        new StateVectorEngine<T>(circuit, threads, laneBytes);
}
