using System.Numerics;
using CsCheck;
using Fovea.Core.Random;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

/// <summary>What every engine must do. A new engine plugs in by deriving a class and creating itself.</summary>
public abstract partial class EngineContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Double: 1e-12, a few hundred operations of 1e-16 each and gradients summed over outputs and batch. Float: 2e-6,
    /// the same count at 6e-8 each, errors adding like a random walk.
    /// </summary>
    protected static double Tolerance => typeof(T) == typeof(double) ? 1e-12 : 2e-6;

    /// <summary>Random circuits to try; an engine that does not take every circuit names others.</summary>
    private protected virtual Gen<RandomCircuit> Circuits => RandomCircuit.Generator;

    protected abstract IExpectationEngine<T> Create(Circuit circuit, int threads = 1);

    /// <summary>Whether the engine takes a circuit; every engine takes those without inputs.</summary>
    protected virtual bool Supports(Circuit circuit) => true;

    /// <summary>A layer with re-uploading if the engine takes that, and without it otherwise.</summary>
    private protected LayerProblem<T> Problem(int wires, int batch, ulong seed)
    {
        var problem = new LayerProblem<T>(wires, batch, seed);
        return Supports(problem.Circuit) ? problem : new LayerProblem<T>(wires, batch, seed, reupload: false);
    }

    [Fact]
    public void Golden_StronglyEntangling_MatchesOutsideSimulators()
    {
        foreach (var golden in GoldenFile.Load())
        {
            var engine = Create(Layer("strongly-entangling", golden.Wires, golden.Layers));
            var (inputs, weights) = (EngineRun.Cast<T>(golden.Inputs), EngineRun.Cast<T>(golden.Weights));
            foreach (var cotangent in golden.Cotangents)
            {
                var repeated = Enumerable.Repeat(cotangent.G, golden.Batch).SelectMany(g => g);
                var result = EngineRun.Run(engine, inputs, weights, EngineRun.Cast<T>(repeated));
                EngineRun.AssertClose(golden.Expectations, result.Expectations, Tolerance, "z");
                EngineRun.AssertClose(cotangent.InputGradients, result.InputGradients, Tolerance, "grad_inputs");
                // Float: weight gradients of the batch reach 10, so their rounding is that much larger.
                var scale = Math.Max(1, cotangent.WeightGradients.Max(Math.Abs));
                EngineRun.AssertClose(cotangent.WeightGradients, result.WeightGradients, scale * Tolerance, "grad_weights");
            }
        }
    }

    [Fact]
    public void Golden_OneSampleAtATime_MatchesPerSampleGradients()
    {
        foreach (var golden in GoldenFile.Load())
        {
            var engine = Create(Layer("strongly-entangling", golden.Wires, golden.Layers));
            var weights = EngineRun.Cast<T>(golden.Weights);
            foreach (var cotangent in golden.Cotangents)
            {
                for (var sample = 0; sample < golden.Batch; sample++)
                {
                    var inputs = EngineRun.Cast<T>(golden.Inputs.Skip(sample * golden.Wires).Take(golden.Wires));
                    var result = EngineRun.Run(engine, inputs, weights, EngineRun.Cast<T>(cotangent.G));
                    var expected = cotangent.PerSample.Skip(sample * weights.Length).Take(weights.Length).ToArray();
                    EngineRun.AssertClose(expected, result.WeightGradients, Tolerance, "grad_weights_per_sample");
                }
            }
        }
    }

    [Fact]
    public void Gradients_RandomCircuits_MatchFiniteDifferencesOfReference() => Circuits.Sample(
        random =>
        {
            var (inputs, weights) = (EngineRun.Cast<T>(random.Inputs), EngineRun.Cast<T>(random.Weights));
            var result = EngineRun.Run(Create(random.Circuit), inputs, weights, EngineRun.Cast<T>(random.Cotangents));
            // Central differences of step 1e-5 in double: truncation 1e-10·f''', cancellation 1e-16/1e-5.
            var tolerance = typeof(T) == typeof(double) ? 1e-7 : 1e-4;
            var differences = FiniteDifferences.Of(random);
            EngineRun.AssertClose(differences.Inputs, result.InputGradients, tolerance, "input gradient");
            EngineRun.AssertClose(differences.Weights, result.WeightGradients, tolerance, "weight gradient");
        },
        iter: 25,
        threads: 1);

    [Fact]
    public void Forward_BellState_HasZeroMeans()
    {
        var builder = new CircuitBuilder(2).H(0).CNOT(0, 1);
        Assert.All(Expectations(builder), z => Assert.True(Math.Abs(z) < Tolerance));
    }

    [Fact]
    public void Forward_GhzWithFlip_HasZeroMeans()
    {
        var builder = new CircuitBuilder(3).H(0).CNOT(0, 1).CNOT(1, 2).X(2);
        Assert.All(Expectations(builder), z => Assert.True(Math.Abs(z) < Tolerance));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Forward_XOnOneWire_FlipsThatOutputOnly(int wire)
    {
        var z = Expectations(new CircuitBuilder(3).X(wire));
        for (var output = 0; output < 3; output++)
            Assert.Equal(output == wire ? -1 : 1, z[output], Tolerance);
    }

    [Fact]
    public void Forward_ToffoliOnSetControls_FlipsTarget()
    {
        var z = Expectations(new CircuitBuilder(4).X(3).X(1).Toffoli(3, 1, 0));
        Assert.Equal([-1, -1, 1, -1], z.Select(value => Math.Round(value, 5)));
    }

    [Fact]
    public void Forward_SubsetOfObservables_IsInTheirOrder()
    {
        var builder = new CircuitBuilder(3).X(2);
        var engine = Create(builder.Build([Observable.Z(2), Observable.Z(0)]));
        var z = new T[2];
        engine.Forward([], [], z);
        Assert.Equal([-1.0, 1.0], z.Select(value => Math.Round(double.CreateTruncating(value), 5)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(37)]
    public void Batch_EachRow_EqualsBatchOfOneBitForBit(int batch)
    {
        var problem = Problem(5, batch, seed: 3);
        var engine = Create(problem.Circuit);
        var whole = problem.Run(engine);
        for (var sample = 0; sample < batch; sample++)
        {
            var single = problem.Select([sample]).Run(engine);
            Assert.Equal(single.Expectations, whole.Expectations.AsSpan(sample * 5, 5).ToArray());
            Assert.Equal(single.InputGradients, whole.InputGradients.AsSpan(sample * 5, 5).ToArray());
        }
    }

    [Fact]
    public void Batch_PermutedSamples_PermuteOutputs()
    {
        var problem = Problem(4, batch: 21, seed: 4);
        var order = Enumerable.Range(0, 21).ToArray();
        new CounterRandom(9, 0).Shuffle<int>(order);
        var engine = Create(problem.Circuit);
        var (straight, permuted) = (problem.Run(engine), problem.Select(order).Run(engine));
        for (var row = 0; row < order.Length; row++)
        {
            Assert.Equal(
                straight.Expectations.AsSpan(order[row] * 4, 4).ToArray(), permuted.Expectations.AsSpan(row * 4, 4).ToArray());
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Call_NumberThatIsNotFinite_IsNamed(double bad)
    {
        var problem = Problem(4, batch: 20, seed: 5);
        problem.Inputs[(6 * 4) + 1] = T.CreateTruncating(bad);
        var failure = Assert.Throws<ArgumentException>("inputs", () => problem.Run(Create(problem.Circuit)));
        Assert.StartsWith("input 1 of sample 6 is ", failure.Message, StringComparison.Ordinal);
        problem.Inputs[(6 * 4) + 1] = T.Zero;
        problem.Weights[3] = T.CreateTruncating(bad);
        Assert.Throws<ArgumentException>("weights", () => problem.Run(Create(problem.Circuit)));
    }

    [Fact]
    public void Batch_OneSampleChanged_LeavesTheOthersBitForBit()
    {
        var problem = Problem(4, batch: 20, seed: 5);
        var engine = Create(problem.Circuit);
        var before = problem.Run(engine);
        problem.Inputs[(6 * 4) + 1] += T.One;
        var after = problem.Run(engine);
        for (var i = 0; i < before.Expectations.Length; i++)
        {
            if (i / 4 == 6)
                continue;
            Assert.Equal(before.Expectations[i], after.Expectations[i]);
            Assert.Equal(before.InputGradients[i], after.InputGradients[i]);
        }

        Assert.NotEqual(before.Expectations.AsSpan(24, 4).ToArray(), after.Expectations.AsSpan(24, 4).ToArray());
    }

    [Fact]
    public void Batch_Zero_GivesZeroWeightGradients()
    {
        var problem = Problem(4, batch: 0, seed: 6);
        var result = problem.Run(Create(problem.Circuit));
        Assert.Empty(result.Expectations);
        Assert.All(result.WeightGradients, gradient => Assert.Equal(T.Zero, gradient));
    }

    [Theory]
    [InlineData(1e8)]
    [InlineData(-1e8)]
    [InlineData(1e-310)]
    [InlineData(1e-42)]
    public void Forward_ExtremeAngles_StaysFiniteAndInRange(double angle)
    {
        var problem = Problem(3, batch: 5, seed: 7);
        problem.Inputs.AsSpan().Fill(T.CreateTruncating(angle));
        problem.Weights.AsSpan(0, 9).Fill(T.CreateTruncating(angle));
        var result = problem.Run(Create(problem.Circuit));
        Assert.All(result.Expectations, z => Assert.InRange(double.CreateTruncating(z), -1 - Tolerance, 1 + Tolerance));
        Assert.All(result.InputGradients, gradient => Assert.True(T.IsFinite(gradient)));
        Assert.All(result.WeightGradients, gradient => Assert.True(T.IsFinite(gradient)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_MoreThanOne_GiveTheSameBits(int threads)
    {
        var problem = Problem(5, batch: ThreadTestBatch, seed: 8);
        var one = problem.Run(Create(problem.Circuit));
        var several = problem.Run(Create(problem.Circuit, threads));
        Assert.Equal(one.Expectations, several.Expectations);
        Assert.Equal(one.InputGradients, several.InputGradients);
        Assert.Equal(one.WeightGradients, several.WeightGradients);
    }

    [Fact]
    public void Gradients_EveryInput_ReachesTheLoss()
    {
        var problem = Problem(6, batch: 3, seed: 10);
        Assert.All(problem.Run(Create(problem.Circuit)).InputGradients, gradient => Assert.NotEqual(T.Zero, gradient));
    }

    [Fact]
    public void Forward_WrongLengths_NamesTheArgument()
    {
        var engine = Create(Layer("sel", 2, 1));
        Assert.Throws<ArgumentException>("expectations", () => engine.Forward(new T[2], new T[6], new T[3]));
        Assert.Throws<ArgumentException>("inputs", () => engine.Forward(new T[2], new T[6], new T[4]));
        Assert.Throws<ArgumentException>("weights", () => engine.Forward(new T[2], new T[5], new T[2]));
        Assert.Throws<ArgumentException>(
            "inputGradients",
            () => engine.VectorJacobianProduct(new T[2], new T[6], new T[2], new T[1], new T[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Threads = 0);
    }

    /// <summary>A batch that makes several chunks; small for engines without any.</summary>
    protected virtual int ThreadTestBatch => 3000;

    protected static Circuit Layer(string ansatz, int qubits, int layers) =>
        new QuantumLayerSpec { Qubits = qubits, Layers = layers, Ansatz = ansatz }.BuildCircuit();

    private double[] Expectations(CircuitBuilder builder) => Expectations(builder.Build());
}
