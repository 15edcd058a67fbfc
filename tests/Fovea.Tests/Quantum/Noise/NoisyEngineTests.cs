using CsCheck;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;

namespace Fovea.Tests.Quantum.Noise;

public sealed class NoisyEngineTests
{
    // Both sides are double precision; a few hundred operations of rounding each.
    private const double Tolerance = 1e-10;
    private const double GoldenTolerance = 1e-12;

    [Fact]
    public void DensityMatrix_GoldenCases_EqualOutsideSimulators()
    {
        foreach (var golden in NoisyGoldenFile.Load())
        {
            var engine = new DensityMatrixEngine(golden.Noisy);
            var z = new double[golden.Expectations.Length];
            engine.Forward(golden.Inputs, golden.Weights, z);
            EngineRun.AssertClose(golden.Expectations, z, GoldenTolerance, golden.Name);
            for (var sample = 0; sample < golden.Purities.Length; sample++)
                Assert.Equal(golden.Purities[sample], engine.Run(golden.Inputs.AsSpan(4 * sample, 4), golden.Weights).Purity, GoldenTolerance);
        }
    }

    [Fact]
    public void Trigonometric_GoldenCases_EqualOutsideSimulators()
    {
        foreach (var golden in NoisyGoldenFile.Load())
        {
            var z = new double[golden.Expectations.Length];
            new TrigonometricEngine<double>(golden.Noisy).Forward(golden.Inputs, golden.Weights, z);
            EngineRun.AssertClose(golden.Expectations, z, GoldenTolerance, golden.Name);
        }
    }

    [Fact]
    public void Trigonometric_RandomNoise_EqualsTheDensityMatrix() => RandomNoise.InputsFirst.Sample(
        problem =>
        {
            var expected = EngineRun.Run(new DensityMatrixEngine(problem.Noisy), problem.Inputs, problem.Weights, problem.Cotangents);
            var actual = EngineRun.Run(new TrigonometricEngine<double>(problem.Noisy), problem.Inputs, problem.Weights, problem.Cotangents);
            EngineRun.AssertClose(expected.Expectations, actual.Expectations, Tolerance, "expectations");
            EngineRun.AssertClose(expected.InputGradients, actual.InputGradients, Tolerance, "input gradients");
            EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, Tolerance, "weight gradients");
        },
        iter: 300);

    [Fact]
    public void DensityMatrix_WithoutNoise_EqualsTheStateVector() => RandomNoise.Anywhere.Sample(
        problem =>
        {
            var circuit = problem.Noisy.Circuit;
            var expected = EngineRun.Run(new ReferenceEngine(circuit), problem.Inputs, problem.Weights, problem.Cotangents);
            var actual = EngineRun.Run(new DensityMatrixEngine(new(circuit, [])), problem.Inputs, problem.Weights, problem.Cotangents);
            EngineRun.AssertClose(expected.Expectations, actual.Expectations, Tolerance, "expectations");
            EngineRun.AssertClose(expected.WeightGradients, actual.WeightGradients, Tolerance, "weight gradients");
        },
        iter: 50);

    [Theory]
    [InlineData("sel")]
    [InlineData("ese2-recon")]
    public void Trigonometric_ZeroNoise_IsTheIdealResultBitForBitAndNoiseIsNot(string ansatz)
    {
        var circuit = new QuantumLayerSpec { Qubits = 4, Layers = 2, Ansatz = ansatz }.BuildCircuit();
        var (inputs, weights) = (new double[] { 0.3, -0.8, 1.9, 2.5 }, Enumerable.Range(0, circuit.WeightCount).Select(k => Math.Sin(k + 1)).ToArray());
        double[] Run(double p)
        {
            var z = new double[4];
            var channels = circuit.Operations.Select((operation, index) =>
                new ChannelInsertion(index + 1, Channels.DepolarizingByError(p, operation.Wires.Length), operation.Wires));
            new TrigonometricEngine<double>(new NoisyCircuit(circuit, channels, [.. Enumerable.Repeat(new ReadoutError(p, p / 2), 4)]))
                .Forward(inputs, weights, z);
            return z;
        }

        var ideal = new double[4];
        new TrigonometricEngine<double>(circuit).Forward(inputs, weights, ideal);
        Assert.Equal(ideal, Run(0));
        Assert.All(ideal.Zip(Run(0.01)), pair => Assert.True(Math.Abs(pair.First - pair.Second) > 1e-4));
    }

    [Fact]
    public void Trigonometric_InputBehindAnEntangler_SaysWhyNot()
    {
        var circuit = new QuantumLayerSpec { Qubits = 3, Layers = 2, Reupload = true }.BuildCircuit();
        var noisy = new NoisyCircuit(circuit, [new(1, Channels.BitFlip(0.1), [0])]);
        var failure = Assert.Throws<NotSupportedException>(() => new TrigonometricEngine<float>(noisy));
        Assert.Contains("input", failure.Message, StringComparison.Ordinal);
    }
}
