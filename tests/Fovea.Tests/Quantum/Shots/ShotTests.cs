using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliTransfers;
using Fovea.Quantum.Shots;
using Fovea.Tests.Quantum.Noise;

namespace Fovea.Tests.Quantum.Shots;

public sealed class ShotTests
{
    private const int Repetitions = 200;

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

    [Fact]
    public void Estimates_OverSeeds_HaveMeanAndVarianceOfTheBinomial()
    {
        const int shots = 100;
        var (noisy, inputs, weights) = Problem(0.02, readout: 0.03);
        var exact = new double[4];
        new DensityMatrixEngine(noisy).Forward(inputs, weights, exact);
        var runs = Runs(noisy, inputs, weights, shots, mitigate: false);
        for (var output = 0; output < 4; output++)
        {
            var variance = (1 - (exact[output] * exact[output])) / shots;
            var (mean, spread) = Moments(runs, output);
            // Five standard errors of a mean and of a variance over the repetitions.
            Assert.Equal(exact[output], mean, 5 * Math.Sqrt(variance / Repetitions));
            Assert.Equal(1, spread / variance, 5 * Math.Sqrt(2.0 / Repetitions));
        }
    }

    [Fact]
    public void Estimates_OfAnEntangledPair_AreCorrelatedAsTheOutcomesAre()
    {
        var circuit = new CircuitBuilder(2).RY(Angle.Constant(1.1), 0).CNOT(0, 1).Build();
        var noisy = new NoisyCircuit(circuit, []);
        var estimates = new double[2];
        new ShotEngine<double>(noisy, new(37)).Forward([], [], estimates);
        // Both wires of cos|00⟩ + sin|11⟩ always read alike.
        Assert.Equal(estimates[0], estimates[1]);
        Assert.NotEqual(Math.Cos(1.1), estimates[0]);
    }

    [Fact]
    public void Estimates_OfABatch_DoNotDependOnItsSplit()
    {
        var (noisy, _, weights) = Problem(0.02, readout: 0.03);
        var inputs = Enumerable.Range(0, 4 * 600).Select(k => Math.Sin(k)).ToArray();
        var engine = new ShotEngine<double>(noisy, new(50, Seed: 3)) { Threads = 2 };
        var (whole, parts) = (new double[4 * 600], new double[4 * 600]);
        engine.Forward(inputs, weights, whole);
        for (var sample = 0; sample < 600; sample += 150)
            engine.Forward(inputs.AsSpan(4 * sample, 600), weights, parts.AsSpan(4 * sample, 600));
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void Mitigation_OfReadout_RemovesTheBias()
    {
        const int shots = 400;
        var (noisy, inputs, weights) = Problem(0, readout: 0.1);
        var (ideal, read) = (new double[4], new double[4]);
        new DensityMatrixEngine(new(noisy.Circuit, [])).Forward(inputs, weights, ideal);
        new DensityMatrixEngine(noisy).Forward(inputs, weights, read);
        var runs = Runs(noisy, inputs, weights, shots, mitigate: true);
        for (var output = 0; output < 4; output++)
        {
            var (mean, variance) = Moments(runs, output);
            Assert.Equal(ideal[output], mean, 5 * Math.Sqrt(variance / Repetitions));
            // The known case: without mitigation the bias is many times that.
            Assert.True(Math.Abs(ideal[output] - read[output]) > 2 * Math.Abs(ideal[output] - mean));
        }
    }

    [Fact]
    public void Extrapolation_OfDepolarizedGates_ReducesTheError()
    {
        var (ideal, device) = (new double[4], new double[4]);
        IExpectationEngine<double> Folded(int factor) => new TrigonometricEngine<double>(Problem(0.004 * factor, 0).Noisy);
        var (noisy, inputs, weights) = Problem(0.004, 0);
        new TrigonometricEngine<double>(noisy.Circuit).Forward(inputs, weights, ideal);
        Folded(1).Forward(inputs, weights, device);
        foreach (var coefficients in new[] { ZeroNoiseExtrapolation.Richardson(1, 3, 5), ZeroNoiseExtrapolation.Linear(1, 3, 5) })
        {
            var extrapolated = new double[4];
            new CombinedEngine<double>([Folded(1), Folded(3), Folded(5)], coefficients).Forward(inputs, weights, extrapolated);
            double Error(double[] values) => values.Zip(ideal, (a, b) => (a - b) * (a - b)).Sum();
            Assert.True(Error(extrapolated) < 0.25 * Error(device), $"{Error(extrapolated)} of {Error(device)}");
        }
    }

    [Fact]
    public void Richardson_AnyFactors_IsExactForPolynomials()
    {
        double[] factors = [1, 1.5, 3];
        var coefficients = ZeroNoiseExtrapolation.Richardson(factors);
        Assert.Equal(7, factors.Select(x => 7 + (2 * x) - (0.3 * x * x)).Zip(coefficients, (y, c) => y * c).Sum(), 1e-12);
        Assert.Equal(7, factors.Select(x => 7 + (2 * x)).Zip(ZeroNoiseExtrapolation.Linear(factors), (y, c) => y * c).Sum(), 1e-12);
    }

    [Fact]
    public void Create_NoShotsOrOtherBases_Throws()
    {
        var (noisy, _, _) = Problem(0, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShotEngine<float>(noisy, new(0)));
        var circuit = new Circuit(1, 0, 0, [], [Observable.X(0)]);
        Assert.Throws<NotSupportedException>(() => new ShotEngine<float>(new(circuit, []), new(10)));
    }

    /// <summary>
    /// A shared weight, a scaled one, a controlled rotation (four terms) and an input behind noise: unbiased, and within the binomial's spread.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void Gradient_OverSeeds_IsUnbiased(double p)
    {
        var builder = new CircuitBuilder(2).RY(Angle.Input(0), 0).RX(Angle.Input(1, 0.5), 1).RY(Angle.Weight(0), 0).CRX(Angle.Weight(1), 0, 1)
            .RZZ(Angle.Weight(2, -1.5), 0, 1).RY(Angle.Weight(0, 2), 1);
        var gates = builder.Build();
        var circuit = new Circuit(2, 2, 3, gates.Operations, [Observable.Z(1), Observable.Pauli("Z0*Z1") + (0.5 * Observable.Z(0))]);
        var channels = circuit.Operations.Select(
            (operation, index) => new ChannelInsertion(index + 1, Channels.DepolarizingByError(p, operation.Wires.Length), operation.Wires));
        var noisy = new NoisyCircuit(circuit, channels, [new(0.02, 0.03), new(0.01, 0.02)]);
        double[] inputs = [0.4, -1.3], weights = [0.7, 1.9, -0.6], cotangents = [1, -0.8];
        var (exactInputs, exactWeights) = (new double[2], new double[3]);
        new DensityMatrixEngine(noisy).VectorJacobianProduct(inputs, weights, cotangents, exactInputs, exactWeights);
        double[] exact = [.. exactInputs, .. exactWeights];
        var (sums, squares) = (new double[5], new double[5]);
        for (var seed = 1UL; seed <= Repetitions; seed++)
        {
            var (dx, dw) = (new double[2], new double[3]);
            new ShotEngine<double>(noisy, new(50, seed)).VectorJacobianProduct(inputs, weights, cotangents, dx, dw);
            foreach (var (k, value) in dx.Concat(dw).Index())
                (sums[k], squares[k]) = (sums[k] + value, squares[k] + (value * value));
        }

        for (var k = 0; k < 5; k++)
        {
            var mean = sums[k] / Repetitions;
            var deviation = Math.Sqrt((squares[k] / Repetitions) - (mean * mean));
            Assert.InRange(Math.Abs(mean - exact[k]), 0, 4.5 * deviation / Math.Sqrt(Repetitions));
            // 50 shots of values below 2.3 in each of at most six circuits: an estimate, not the exact value and not noise alone.
            Assert.InRange(deviation, 0.01, 1.5);
        }
    }

    private static (NoisyCircuit Noisy, double[] Inputs, double[] Weights) Problem(double p, double readout)
    {
        var circuit = new QuantumLayerSpec { Qubits = 4, Layers = 2, Ansatz = "sel" }.BuildCircuit();
        var channels = circuit.Operations.Select((operation, index) =>
            new ChannelInsertion(index + 1, Channels.DepolarizingByError(p, operation.Wires.Length), operation.Wires));
        var errors = Enumerable.Range(0, 4).Select(wire => new ReadoutError(readout, readout * 1.5)).ToArray();
        return (new(circuit, channels, errors), [0.4, -1.3, 2.2, 0.9], [.. Enumerable.Range(0, circuit.WeightCount).Select(k => 2 * Math.Sin((3 * k) + 1))]);
    }

    private static double[][] Runs(NoisyCircuit noisy, double[] inputs, double[] weights, int shots, bool mitigate)
    {
        return [.. Enumerable.Range(0, Repetitions).Select(repetition =>
        {
            var estimates = new double[noisy.Circuit.Observables.Length];
            new ShotEngine<double>(noisy, new(shots, (ulong)repetition, mitigate)).Forward(inputs, weights, estimates);
            return estimates;
        })];
    }

    private static (double Mean, double Variance) Moments(double[][] runs, int output)
    {
        var mean = runs.Average(run => run[output]);
        return (mean, runs.Sum(run => (run[output] - mean) * (run[output] - mean)) / (runs.Length - 1));
    }
}
