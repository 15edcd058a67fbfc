using Fovea.Core.Errors;
using Fovea.Models.Graphs;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Tests.Models;
using Fovea.Tests.Torch;
using Fovea.Torch.Onnx;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Export;

/// <summary>Circuits as ONNX operators give the expectation values of the state vector that is run gate by gate in double precision.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class CircuitWriterTests
{
    private const int Sets = 2;
    private const int Samples = 5;

    [Theory]
    [InlineData("ese2-recon", "Y", false)]
    [InlineData("ese2-recon", "X", true)]
    [InlineData("strongly-entangling", "Z", false)]
    [InlineData("strongly-entangling", "Z", true)]
    [InlineData("strongly-entangling", "iqp", false)]
    public void Write_OfALayer_GivesTheExpectationValues(string ansatz, string encoding, bool reupload)
    {
        var circuit = new QuantumLayerSpec
        {
            Qubits = 4,
            Layers = 2,
            Ansatz = ansatz,
            Encoding = Enum.Parse<InputEncoding>(encoding, ignoreCase: true),
            Reupload = reupload,
            Observables = "X+Y+Z+ZZ",
        }.BuildCircuit();
        var (weights, inputs) = Random(circuit);
        Compare(circuit, weights, inputs, CircuitWriter.Write);
    }

    // Both forms of one circuit, and a wire that no input turns.
    [Fact]
    public void Write_InBothForms_GivesTheExpectationValues()
    {
        var circuit = new Circuit(
            3, 2, 2,
            [
                new(GateKind.RY, [0], Angle.Input(0)), new(GateKind.RX, [0], Angle.Weight(0)), new(GateKind.RZ, [0], Angle.Input(1, 2)),
                new(GateKind.RX, [1], Angle.Input(1)), new(GateKind.RY, [2], Angle.Weight(1)), new(GateKind.CNOT, [0, 1]),
                new(GateKind.CRY, [1, 2], Angle.Weight(0, 0.5)), new(GateKind.Toffoli, [0, 1, 2]), new(GateKind.SWAP, [0, 2]), new(GateKind.SX, [1]),
            ],
            [Observable.Z(0), Observable.X(1) + 0.5 * Observable.Pauli("Y0*Z2"), Observable.Pauli("X0*Y1*Y2")]);
        var (weights, inputs) = Random(circuit);
        Compare(circuit, weights, inputs, (graph, same, set, x) => CircuitWriter.AsPolynomial(graph, same, set, x)!);
        Compare(circuit, weights, inputs, (graph, same, set, x) => CircuitWriter.AsStateVector(graph, same, set, x)!);
    }

    // Sixteen wires have no state vector in a graph: an output sees six of them.
    [Fact]
    public void Write_OfManyWires_TakesWhatAnOutputCanSee()
    {
        var circuit = new QuantumLayerSpec { Qubits = 16, Layers = 2 }.BuildCircuit();
        var (weights, inputs) = Random(circuit, samples: 1);
        Compare(circuit, weights, inputs, CircuitWriter.Write);
    }

    [Fact]
    public void Write_OfManyWiresWithUploads_IsRefusedInOneLine()
    {
        var circuit = new QuantumLayerSpec { Qubits = 12, Layers = 2, Reupload = true }.BuildCircuit();
        var graph = new OnnxGraph("circuit");
        var refused = Assert.Throws<InputException>(() => CircuitWriter.Write(graph, circuit, [new double[circuit.WeightCount]], "x"));
        Assert.Contains("12 qubits", refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: up to 9 qubits", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static (double[][] Weights, float[] Inputs) Random(Circuit circuit, int samples = Samples)
    {
        using var scope = NewDisposeScope();
        double[] Numbers(ulong stream, int count) =>
            [.. TensorSpans.ToArray<float>(Networks.Normal(stream, Math.Max(count, 1))).Take(count).Select(value => (double)value)];
        return ([.. Enumerable.Range(0, Sets).Select(set => Numbers((ulong)set, circuit.WeightCount))],
            [.. Numbers(9, Sets * samples * circuit.InputCount).Select(value => (float)value)]);
    }

    private static void Compare(Circuit circuit, double[][] weights, float[] inputs, Func<OnnxGraph, Circuit, double[][], string, string> write)
    {
        using var scope = NewDisposeScope();
        var samples = inputs.Length / (Sets * circuit.InputCount);
        var graph = new OnnxGraph("circuit");
        var input = graph.Input(new OnnxValue("x", OnnxType.Real, [Sets, "samples", circuit.InputCount]));
        graph.Output(write(graph, circuit, weights, input), new OnnxValue("y", OnnxType.Real, [Sets, "samples", circuit.Observables.Length]));
        var actual = GraphRunner.Run(graph, ("x", TensorSpans.FromFloats(inputs, Sets, samples, circuit.InputCount)));
        for (var sample = 0; sample < Sets * samples; sample++)
        {
            double[] x = [.. inputs.AsSpan(sample * circuit.InputCount, circuit.InputCount).ToArray().Select(value => (double)value)];
            var state = new ReferenceState(circuit.WireCount);
            foreach (var operation in circuit.Operations) state.Apply(operation, operation.Angle?.Evaluate(x, weights[sample / samples]) ?? 0);
            for (var k = 0; k < circuit.Observables.Length; k++)
                Assert.Equal(state.Expectation(circuit.Observables[k]), actual[(sample * circuit.Observables.Length) + k], 3e-6);
        }
    }
}
