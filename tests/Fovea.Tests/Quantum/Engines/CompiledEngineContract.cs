using System.Numerics;
using CsCheck;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>The contract for engines built for speed: agreement with the reference engine, and no garbage.</summary>
public abstract class CompiledEngineContract<T> : EngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Run_RandomCircuits_MatchesReference() => Circuits.Sample(
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
        if (!Supports(circuit))
            return;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Calls_InSteadyState_AllocateNothingOnOneThread(bool amplitudes)
    {
        var builder = new CircuitBuilder(4);
        _ = amplitudes ? builder.PrepareAmplitudes() : builder.RX(Angle.InputProduct(0, 1), 0).RY(Angle.Input(3), 1);
        AnsatzRegistry.Get("sel").AppendLayer(builder, 0);
        var circuit = builder.Build([Observable.Z(0), Observable.Pauli("X0*Y1") + (0.5 * Observable.Pauli("Z1*Z3"))]);
        if (!Supports(circuit))
            return;
        var random = new Fovea.Core.Random.CounterRandom(12, 0);
        var inputs = EngineRun.Cast<T>(RandomCircuit.Numbers(random, 100 * circuit.InputCount, 3));
        var weights = EngineRun.Cast<T>(RandomCircuit.Numbers(random, circuit.WeightCount, 3));
        var cotangents = EngineRun.Cast<T>(RandomCircuit.Numbers(random, 200, 1));
        var engine = Create(circuit);
        var (outputs, dx, dw) = (new T[200], new T[inputs.Length], new T[weights.Length]);
        Call();
        // The least of several calls: a collection that other tests cause in between adds to the thread's count.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedByCall()));

        long AllocatedByCall()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Call()
        {
            engine.Forward(inputs, weights, outputs);
            engine.VectorJacobianProduct(inputs, weights, cotangents, dx, dw);
        }
    }
}
