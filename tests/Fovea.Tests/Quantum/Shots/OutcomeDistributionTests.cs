using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliTransfers;
using Fovea.Quantum.Shots;
using Fovea.Tests.Quantum.Noise;

namespace Fovea.Tests.Quantum.Shots;

/// <summary>The joint distribution of what is measured, beside density matrices, and the product that evaluates it.</summary>
public sealed class OutcomeDistributionTests
{
    [Fact]
    public void Distribution_RandomNoise_EqualsTheDensityMatrix()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var problem = RandomNoise.Create(1 + ((int)seed % 4), 12, seed, inputsFirst: true);
            var circuit = problem.Noisy.Circuit;
            var noisy = new NoisyCircuit(new Circuit(circuit.WireCount, 3, 5, circuit.Operations), problem.Noisy.Channels);
            var distribution = new OutcomeDistribution(noisy, problem.Weights);
            var actual = new float[distribution.OutcomeCount];
            distribution.Evaluate(problem.Inputs.AsSpan(0, 3), actual);
            var expected = new DensityMatrixEngine(noisy).Run(problem.Inputs.AsSpan(0, 3), problem.Weights).Probabilities();
            for (var outcome = 0; outcome < actual.Length; outcome++)
            {
                var index = Enumerable.Range(0, circuit.WireCount).Sum(k => (outcome >> k & 1) << (circuit.WireCount - 1 - k));
                // Single precision sums of up to 81 products.
                Assert.Equal(expected[index], actual[outcome], 2e-6);
            }
        }
    }

    /// <summary>Six wires: more functions than one factor takes. 70 samples: neither whole registers nor whole groups of them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(70)]
    public void Distribution_OfSixWires_EqualsTheDensityMatrixInAnyBatch(int batch)
    {
        var circuit = new QuantumLayerSpec { Qubits = 6, Layers = 1, Ansatz = "sel" }.BuildCircuit();
        var noisy = new NoisyCircuit(circuit, [new(circuit.Operations.Length, Channels.AmplitudeDamping(0.3), [2])]);
        double[] weights = [.. Enumerable.Range(0, circuit.WeightCount).Select(k => 2 * Math.Sin((3 * k) + 1))];
        double[] inputs = [.. Enumerable.Range(0, 6 * batch).Select(k => 3 * Math.Sin(1.7 * k))];
        var distribution = new OutcomeDistribution(noisy, weights);
        var (together, alone) = (new float[batch * 64], new float[64]);
        distribution.Evaluate(inputs, together);
        foreach (var sample in new[] { 0, batch / 2, batch - 1 })
        {
            var own = together.AsSpan(64 * sample, 64);
            distribution.Evaluate(inputs.AsSpan(6 * sample, 6), alone);
            Assert.Equal(alone, own);
            var expected = new DensityMatrixEngine(noisy).Run(inputs.AsSpan(6 * sample, 6), weights).Probabilities();
            for (var outcome = 0; outcome < 64; outcome++)
            {
                var index = Enumerable.Range(0, 6).Sum(k => (outcome >> k & 1) << (5 - k));
                Assert.Equal(expected[index], own[outcome], 1e-5); // single precision sums of 729 products
            }
        }
    }

    /// <summary>
    /// Eight wires in rings, of which five are looked at through readout that errs: clusters get too large to hold all outcomes of those, and are pulled
    /// back outcome by outcome. Two wires that nothing joins are never in one cluster with the others before the end.
    /// </summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(5, 2)]
    public void Distribution_OfFewWiresOfMany_EqualsTheDensityMatrix(int joined, int alone)
    {
        var wires = joined + alone;
        var builder = new CircuitBuilder(wires);
        for (var wire = 0; wire < wires; wire++)
            builder.RY(Angle.Input(wire), wire);
        for (var layer = 0; layer < 3; layer++)
        {
            for (var wire = 0; wire < joined; wire++)
                builder.RX(Angle.Weight(wire, 1 + layer), wire);
            for (var wire = 0; wire < joined; wire++)
                builder.CNOT(wire, (wire + 1) % joined);
        }

        Observable[] observables = [Observable.Z(1), Observable.Pauli($"Z0*Z{wires - 1}"), Observable.Pauli("Z2*Z3")];
        var circuit = new Circuit(wires, wires, joined, builder.Build().Operations, observables);
        ReadoutError[] errors = [.. Enumerable.Range(0, wires).Select(wire => new ReadoutError(0.01 * wire, 0.02 * wire))];
        var noisy = new NoisyCircuit(circuit, [new(wires + 2, Channels.AmplitudeDamping(0.3), [2])], errors);
        double[] weights = [.. Enumerable.Range(0, joined).Select(k => 2 * Math.Sin((3 * k) + 1))];
        double[] inputs = [.. Enumerable.Range(0, wires).Select(k => 3 * Math.Sin(1.7 * k))];
        var distribution = new OutcomeDistribution(noisy, weights);
        Assert.Equal([0, 1, 2, 3, wires - 1], distribution.Wires);
        var actual = new float[32];
        distribution.Evaluate(inputs, actual);
        var exact = new DensityMatrixEngine(noisy).Run(inputs, weights).Probabilities();
        var expected = new double[32];
        for (var index = 0; index < exact.Length; index++)
        {
            for (var read = 0; read < 32; read++)
            {
                var chances = distribution.Wires.Select((wire, k) => Confusion(errors[wire], (index >> (wires - 1 - wire)) & 1, (read >> k) & 1));
                expected[read] += exact[index] * chances.Aggregate((a, b) => a * b);
            }
        }

        for (var read = 0; read < 32; read++)
            Assert.Equal(expected[read], actual[read], 1e-5); // single precision sums of thousands of products
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void Product_OfAnyRegisters_IsTheSumOverFunctions(int laneBytes)
    {
        const int wires = 6, outcomes = 5, batch = 70;
        var builder = new CircuitBuilder(wires);
        for (var wire = 0; wire < wires; wire++)
            builder.RY(Angle.Input(wire), wire);
        var circuit = builder.Build();
        var inputs = FirstInputs.Part(circuit, TransferStep.Of(new NoisyCircuit(circuit, [])), out _);
        var product = OutcomeProduct.Create(inputs, outcomes, laneBytes);
        static double Element(int outcome, int function) => Math.Sin((outcomes * function) + outcome);
        for (var function = 0; function < inputs.FunctionCount; function++)
        {
            for (var outcome = 0; outcome < outcomes; outcome++)
                product.Set(outcome, function, Element(outcome, function));
        }

        double[] x = [.. Enumerable.Range(0, wires * batch).Select(k => 3 * Math.Sin(1.7 * k))];
        var (actual, functions) = (new float[batch * outcomes], new float[inputs.FunctionCount]);
        product.Evaluate(x, actual);
        for (var sample = 0; sample < batch; sample++)
        {
            inputs.Evaluate(x.AsSpan(wires * sample, wires), .., functions);
            for (var outcome = 0; outcome < outcomes; outcome++)
            {
                var expected = functions.Select((value, function) => value * Element(outcome, function)).Sum();
                Assert.Equal(expected, actual[(sample * outcomes) + outcome], 1e-4); // single precision sums of 729 numbers of size one
            }
        }
    }

    private static double Confusion(ReadoutError error, int bit, int read) => (bit, read) switch
    {
        (0, 1) => error.OneGivenZero,
        (0, _) => 1 - error.OneGivenZero,
        (_, 0) => error.ZeroGivenOne,
        _ => 1 - error.ZeroGivenOne,
    };
}
