using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.Shots;

namespace Fovea.Tests.Quantum.Shots;

public sealed class ShotTests
{
    private const int Repetitions = 200;

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
