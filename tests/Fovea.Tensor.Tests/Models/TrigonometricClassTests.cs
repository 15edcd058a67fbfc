using Fovea.Core.Random;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Engines;
using Fovea.Tests.Torch;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>What the trigonometric control can compute: the class of functions that circuits of one rotation an angle live in.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class TrigonometricClassTests
{
    private const int Samples = 80;

    [Theory]
    [InlineData(1, "strongly-entangling", InputEncoding.Y)]
    [InlineData(1, "strongly-entangling", InputEncoding.Z)]
    [InlineData(2, "strongly-entangling", InputEncoding.X)]
    [InlineData(2, "strongly-entangling", InputEncoding.Y)]
    [InlineData(2, "strongly-entangling", InputEncoding.Z)]
    [InlineData(2, "crx-ring", InputEncoding.Y)]
    public void Features_OneOrTwoWires_FitAnyCircuitsExpectationsExactly(int qubits, string ansatz, InputEncoding encoding) =>
        // Double precision, 80 equations in at most 9 well-conditioned unknowns.
        Assert.InRange(Residual(new QuantumLayerSpec { Qubits = qubits, Layers = 3, Ansatz = ansatz, Encoding = encoding }), 0, 1e-10);

    // Products of three wires, double frequencies and products of angles lie outside.
    [Theory]
    [InlineData(3, false, InputEncoding.Y)]
    [InlineData(1, true, InputEncoding.Y)]
    [InlineData(2, false, InputEncoding.Iqp)]
    public void Features_CircuitsBeyondTheClass_AreNotFitted(int qubits, bool reupload, InputEncoding encoding)
    {
        var spec = new QuantumLayerSpec { Qubits = qubits, Layers = 3, Ansatz = "strongly-entangling", Encoding = encoding, Reupload = reupload };
        Assert.True(Residual(spec) > 1e-2);
    }

    [Fact]
    public void Features_FiveWires_AreThePlainProductsInTheDocumentedOrder()
    {
        var angles = Uniform(7, 5);
        using var scope = NewDisposeScope();
        var features = TrigonometricConvolution.Features(TensorSpans.From<double>(angles).view(1, 5));
        Assert.Equal([1, TrigonometricConvolution.FeatureCount(5)], features.shape);
        var expected = PlainControls.Features(angles);
        var actual = TensorSpans.ToArray<double>(features);
        Assert.Equal(51, expected.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-15);
    }

    // The largest error of the best linear map from the features of random angles to the circuit's expectation values.
    private static double Residual(QuantumLayerSpec spec)
    {
        var circuit = spec.BuildCircuit();
        var (angles, weights) = (Uniform(1, Samples * spec.Qubits), Uniform(2, circuit.WeightCount));
        var expectations = new double[Samples * spec.Qubits];
        new ReferenceEngine(circuit).Forward(angles, weights, expectations);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var features = TrigonometricConvolution.Features(TensorSpans.From<double>(angles).view(Samples, spec.Qubits));
        var targets = TensorSpans.From<double>(expectations).view(Samples, spec.Qubits);
        var fit = linalg.lstsq(features, targets).Solution;
        return features.matmul(fit).sub(targets).abs().max().item<double>();
    }

    private static double[] Uniform(ulong stream, int count)
    {
        var random = new CounterRandom(21, stream);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble(-Math.PI, Math.PI))];
    }
}
