using Fovea.Core.Random;
using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Tests.Torch;
using Fovea.Torch.Autograd;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

[Collection(nameof(MemoryMeasurements))]
public class TensorCircuitTests
{
    private static readonly Dictionary<string, Func<Circuit>> Circuits = new()
    {
        ["ese2-recon"] = () => Layer("ese2-recon", 8, 3),
        ["strongly-entangling"] = () => Layer("strongly-entangling", 4, 3, InputEncoding.X),
        ["basic-entangler"] = () => Layer("basic-entangler", 5, 3, InputEncoding.Z),
        ["hqconv"] = () => Layer("hqconv", 4, 2),
        ["fqconv"] = () => Layer("fqconv", 6, 2, InputEncoding.Z),
        ["products"] = Products,
        ["constants"] = Constants,
        ["no-weights"] = () => new CircuitBuilder(2).RY(Angle.Input(0), 0).RX(Angle.Input(1), 1).CNOT(0, 1).Build(),
        ["no-inputs"] = () => new CircuitBuilder(2).RY(Angle.Weight(0), 0).CRX(Angle.Weight(1), 0, 1).Build(),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in Circuits.Keys)
            {
                foreach (var batch in new[] { 0, 1, 5 }) data.Add(name, batch);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_Float64_EqualsStateVectorsWithGradients(string name, int batch)
    {
        var (expected, actual) = Both(Circuits[name](), batch, ScalarType.Float64);
        // Some hundred roundings of 1e-16 each, summed over up to six thousand terms of either sign.
        AssertClose(expected, actual, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_Float32_EqualsStateVectorsWithGradients(string name, int batch)
    {
        var (expected, actual) = Both(Circuits[name](), batch, ScalarType.Float32);
        // A few dozen roundings of 6e-8 add up like a random walk.
        AssertClose(expected, actual, 2e-6);
    }

    [Fact]
    public void Forward_MoreThanOneChunk_EqualsStateVectors()
    {
        var (expected, actual) = Both(Circuits["products"](), 16400, ScalarType.Float64);
        // As above; weight gradients sum over all samples, so the scale grows with the batch.
        AssertClose(expected, actual, 1e-12);
    }

    [Fact]
    public void Backward_Float64_EqualsCentralDifferences()
    {
        using var tensors = TensorCircuit.TryCreate(Circuits["products"]())!;
        using var scope = NewDisposeScope();
        var (inputs, weights, cotangents) = Data(tensors.Circuit, 2);
        var cotangent = TensorSpans.From<double>(cotangents, 2, tensors.Circuit.Observables.Length);
        // The differences err by some 1e-10, see there.
        GradientCheck.Check(
            at => tensors.Forward(at[0], at[1]).mul(cotangent).sum(),
            1e-8,
            TensorSpans.From<double>(inputs, 2, tensors.Circuit.InputCount),
            TensorSpans.From<double>(weights));
    }

    [Fact]
    public void TryCreate_WithoutTrigonometricForm_IsNull()
    {
        var reuploaded = new QuantumLayerSpec { Qubits = 3, Layers = 2, Reupload = true }.BuildCircuit();
        var amplitudes = new QuantumLayerSpec { Qubits = 3, Layers = 2, Encoding = InputEncoding.Amplitude }.BuildCircuit();
        Assert.Null(TensorCircuit.TryCreate(reuploaded));
        Assert.Null(TensorCircuit.TryCreate(amplitudes));
    }

    [Fact]
    public void Forward_TensorsThatDoNotFit_AreRefused()
    {
        using var tensors = TensorCircuit.TryCreate(Circuits["hqconv"]())!;
        using var scope = NewDisposeScope();
        var weights = zeros(tensors.Circuit.WeightCount);
        Assert.Throws<ArgumentException>(() => tensors.Forward(zeros(2, 3), weights));
        Assert.Throws<ArgumentException>(() => tensors.Forward(zeros(4), weights));
        Assert.Throws<ArgumentException>(() => tensors.Forward(zeros(2, 4), zeros(1)));
        Assert.Throws<ArgumentException>(() => tensors.Forward(zeros(2, 4), weights.to(ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => tensors.Forward(zeros([2, 4], ScalarType.Int64), weights));
    }

    [Fact]
    public void Forward_ManyCalls_LeaveNoTensorsBehind()
    {
        using var tensors = TensorCircuit.TryCreate(Circuits["products"]())!;
        var (inputs, weights, cotangents) = Data(tensors.Circuit, 3);
        Run(tensors, inputs, weights, cotangents, ScalarType.Float32);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var call = 0; call < 20; call++) Run(tensors, inputs, weights, cotangents, ScalarType.Float32);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(21 * 3, tensors.CircuitsEvaluated);
    }

    [Fact]
    public void Dispose_AfterCalls_FreesConstants()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var tensors = TensorCircuit.TryCreate(Circuits["products"]())!;
        var (inputs, weights, cotangents) = Data(tensors.Circuit, 3);
        Run(tensors, inputs, weights, cotangents, ScalarType.Float32);
        Assert.NotEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        tensors.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Circuit Layer(string ansatz, int qubits, int layers, InputEncoding encoding = InputEncoding.Y) =>
        new QuantumLayerSpec { Ansatz = ansatz, Qubits = qubits, Layers = layers, Encoding = encoding }.BuildCircuit();

    // Products of inputs on single wires, one input on two wires, a weight in two gates, observables of several strings.
    private static Circuit Products() => new CircuitBuilder(3)
        .RX(Angle.InputProduct(0, 1, 0.7), 0).RZ(Angle.Weight(0, -1.5), 0).RY(Angle.Input(2), 0)
        .RY(Angle.InputProduct(2, 2), 1).RX(Angle.Input(0, 2), 2).RZ(Angle.Weight(1), 2)
        .RXX(Angle.Weight(2), 0, 1).CNOT(1, 2).CRY(Angle.Weight(0), 2, 0).RX(Angle.Weight(3), 1)
        .Build([Observable.Pauli("X0*Z2") + 0.5 * Observable.Z(1), -2 * Observable.Pauli("Y0*Y1"), Observable.X(2)]);

    // Angles and gates that are not Clifford and not trained; the last output is zero whatever the angles.
    private static Circuit Constants() => new CircuitBuilder(4)
        .T(0).RX(Angle.Constant(0.3), 0).RY(Angle.Input(0), 0).H(1).T(1).RY(Angle.Input(1), 3)
        .CRX(Angle.Constant(1.1), 0, 1).RZ(Angle.Weight(0), 1).Toffoli(0, 1, 2)
        .Build([Observable.Z(0), Observable.Z(2), Observable.Y(1), Observable.Y(3)]);

    private static ((double[] Outputs, double[] Inputs, double[] Weights) Expected, (double[] Outputs, double[] Inputs, double[] Weights) Actual)
        Both(Circuit circuit, int batch, ScalarType dtype)
    {
        using var tensors = TensorCircuit.TryCreate(circuit);
        Assert.NotNull(tensors);
        var (inputs, weights, cotangents) = Data(circuit, batch);
        var (outputs, inputGradients, weightGradients) = (new double[cotangents.Length], new double[inputs.Length], new double[weights.Length]);
        var engine = new StateVectorEngine<double>(circuit);
        engine.Forward(inputs, weights, outputs);
        engine.VectorJacobianProduct(inputs, weights, cotangents, inputGradients, weightGradients);
        return ((outputs, inputGradients, weightGradients), Run(tensors, inputs, weights, cotangents, dtype));
    }

    // Rounded to single precision, so that both types compute the same function of the same numbers.
    private static (double[] Inputs, double[] Weights, double[] Cotangents) Data(Circuit circuit, int batch)
    {
        var random = new CounterRandom(31, 4);
        double[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)random.NextNormal())];
        return (Normal(batch * circuit.InputCount), Normal(circuit.WeightCount), Normal(batch * circuit.Observables.Length));
    }

    private static (double[] Outputs, double[] Inputs, double[] Weights) Run(
        TensorCircuit tensors, double[] inputs, double[] weights, double[] cotangents, ScalarType dtype) => CollectionPause.Run(() =>
    {
        using var scope = NewDisposeScope();
        var batch = cotangents.Length / tensors.Circuit.Observables.Length;
        Tensor Leaf(double[] values, params long[] shape) => TensorSpans.From<double>(values, shape).to(dtype).requires_grad_(true);
        var (x, w) = (Leaf(inputs, batch, tensors.Circuit.InputCount), Leaf(weights, weights.Length));
        var y = tensors.Forward(x, w);
        Assert.Equal([batch, tensors.Circuit.Observables.Length], y.shape);
        Assert.Equal(dtype, y.dtype);
        SpanAutograd.Backward(y.mul(TensorSpans.From<double>(cotangents, y.shape).to(dtype)).sum());
        double[] Values(Tensor? tensor, int count) =>
            tensor is null ? new double[count] : TensorSpans.ToArray<double>(tensor.to(ScalarType.Float64).contiguous());
        return (Values(y.detach(), cotangents.Length), Values(x.grad, inputs.Length), Values(w.grad, weights.Length));
    });

    private static void AssertClose(
        (double[] Outputs, double[] Inputs, double[] Weights) expected, (double[] Outputs, double[] Inputs, double[] Weights) actual, double tolerance)
    {
        AssertClose("outputs", expected.Outputs, actual.Outputs, tolerance);
        AssertClose("input gradients", expected.Inputs, actual.Inputs, tolerance);
        AssertClose("weight gradients", expected.Weights, actual.Weights, tolerance);
    }

    private static void AssertClose(string name, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Append(1).Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{name}[{i}]: {actual[i]:R} for {expected[i]:R}");
    }
}
