using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Planning;
using Fovea.Tests.Torch;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

[Collection(nameof(MemoryMeasurements))]
public class QuantumConvolutionTests
{
    private const int Channels = 5;
    private const int Qubits = 3;
    private const int Groups = 2;
    private const int Height = 3;
    private const int Width = 2;

    private static QuantumOptions Options => new()
    {
        Circuit = new QuantumLayerSpec { Qubits = Qubits, Layers = 2, Ansatz = "strongly-entangling" },
        Groups = Groups,
    };

    // By hand: RY encoding, Rot = RZ RY RZ on each wire, CNOT on even pairs in layer 0 and on odd pairs in layer 1.
    [Fact]
    public void Circuit_Ese2OnThreeQubitsTwoLayers_ListsTheDeclaredGates()
    {
        using var layer = new QuantumConvolution(4, new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 3, Layers = 2, Ansatz = "ese2-recon" } });
        string[] expected =
        [
            "wires 3, inputs 3, weights 18, outputs Z0 Z1 Z2",
            "RY(x0) 0", "RY(x1) 1", "RY(x2) 2",
            "RZ(w0) 0", "RY(w1) 0", "RZ(w2) 0", "RZ(w3) 1", "RY(w4) 1", "RZ(w5) 1", "RZ(w6) 2", "RY(w7) 2", "RZ(w8) 2",
            "CNOT 0 1",
            "RZ(w9) 0", "RY(w10) 0", "RZ(w11) 0", "RZ(w12) 1", "RY(w13) 1", "RZ(w14) 1", "RZ(w15) 2", "RY(w16) 2", "RZ(w17) 2",
            "CNOT 1 2",
        ];
        Assert.Equal(expected, GateListing.Format(layer.Circuit).TrimEnd().Split('\n'));
        Assert.Equal(18, layer.Weights.numel());
    }

    [Fact]
    public void Constructor_EncodingOfManyInputsAQubit_IsRefusedInOneLine()
    {
        var spec = new QuantumLayerSpec { Encoding = InputEncoding.Amplitude };
        var failure = Assert.Throws<InputException>(() => new QuantumConvolution(4, new QuantumOptions { Circuit = spec }));
        Assert.Equal("quantum.encoding = amplitude does not take one input a qubit; allowed: X, Y, Z, iqp", failure.Message);
    }

    [Theory]
    [InlineData("ese2-recon", false)]
    [InlineData("strongly-entangling", true)]
    [InlineData("basic-entangler", false)]
    [InlineData("simplified-two-design", true)]
    [InlineData("hqconv", false)]
    public void Circuit_EachAnsatz_IsTheSpecification(string ansatz, bool reupload)
    {
        var spec = new QuantumLayerSpec { Qubits = 4, Layers = 3, Ansatz = ansatz, Reupload = reupload, Encoding = InputEncoding.X };
        using var layer = new QuantumConvolution(8, new QuantumOptions { Circuit = spec });
        Assert.Equal(GateListing.Format(spec.BuildCircuit()), GateListing.Format(layer.Circuit));
        Assert.Equal(AnsatzRegistry.Get(ansatz).WeightCount(4, 3), layer.Weights.numel());
        Assert.Equal(reupload ? 12 : 4, layer.Circuit.Operations.Count(o => o.Angle is { Source: AngleSource.Input }));
    }

    // A window of nine positions whose weights are zero but at its middle is the position alone.
    [Fact]
    public void Forward_ProjectionOfNeighbours_WithTheMiddleOnly_IsThatOfThePosition()
    {
        using var scope = NewDisposeScope();
        using var point = new QuantumConvolution(Channels, Options);
        using var window = new QuantumConvolution(Channels, Options with { Projection = 3 });
        SeededInitialization.Apply(point, 4);
        SeededInitialization.Apply(window, 4);
        using (no_grad())
        {
            window.get_parameter("project.weight")!.zero_();
            window.get_parameter("project.weight")![.., .., 1, 1].copy_(point.get_parameter("project.weight")![.., .., 0, 0]);
            window.get_parameter("project.bias")!.copy_(point.get_parameter("project.bias")!);
            window.get_parameter("expand.weight")!.copy_(point.get_parameter("expand.weight")!);
            window.get_parameter("expand.bias")!.copy_(point.get_parameter("expand.bias")!);
            window.Weights.copy_(point.Weights);
        }

        var input = linspace(-1, 1, 2 * Channels * Height * Width).view(2, Channels, Height, Width);
        var (expected, actual) = CollectionPause.Run(
            () => (TensorSpans.ToArray<float>(point.call(input).detach()), TensorSpans.ToArray<float>(window.call(input).detach())));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        // Neighbours count once they have weights.
        using (no_grad()) window.get_parameter("project.weight")!.fill_(0.05);
        var changed = input.clone();
        using (no_grad()) changed[0, 0, 0, 0] += 1;
        var (before, after) = CollectionPause.Run(() => (window.call(input).detach()[0, .., 1, 1], window.call(changed).detach()[0, .., 1, 1]));
        Assert.True((before - after).abs().max().item<float>() > 1e-4);
    }

    [Theory]
    [InlineData(Math.PI, 0, 2 * Math.PI)]
    [InlineData(0.2, -0.2, 0.2)]
    [InlineData(0, 0, 0)]
    public void Weights_StartRange_IsKept(double range, double low, double high)
    {
        using var layer = new QuantumConvolution(Channels, Options with { StartRange = range });
        SeededInitialization.Apply(layer, 4);
        var weights = TensorSpans.ToArray<float>(layer.Weights);
        Assert.All(weights, angle => Assert.InRange(angle, low - 1e-6, high + 1e-6));
        Assert.InRange(weights.Max() - weights.Min(), 0.7 * (high - low), high - low + 1e-6);
    }

    [Fact]
    public void Forward_TwoGroups_EqualsReferenceEngineAtEveryPosition()
    {
        using var layer = Layer();
        const int Batch = 2;
        var input = Networks.Normal(3, Batch, Channels, Height, Width);
        var actual = CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            return TensorSpans.ToArray<float>(layer.call(input));
        });
        var values = TensorSpans.ToArray<float>(input);
        for (var image = 0; image < Batch; image++)
        {
            for (var at = 0; at < Height * Width; at++)
            {
                int Index(int channel) => (image * Channels + channel) * Height * Width + at;
                var expected = ByHand(layer, [.. Enumerable.Range(0, Channels).Select(c => (double)values[Index(c)])]);
                // float32 against double through two matrix products and eighteen gates.
                for (var channel = 0; channel < Channels; channel++) Assert.Equal(expected[channel], actual[Index(channel)], 1e-5);
            }
        }

        Assert.Equal(Batch * Height * Width * Groups, layer.CircuitsEvaluated);
    }

    [Fact]
    public void Backward_Float64_EqualsCentralDifferences()
    {
        using var layer = Layer();
        layer.to(ScalarType.Float64);
        Assert.Equal(
            ["expand.bias", "expand.weight", "input", "project.bias", "project.weight", "scale", "weights"],
            LayerDifferences.Check(layer, Channels));
    }

    [Fact]
    public void Backward_BlocksInput_GetsGradientThroughTheCircuitAlone()
    {
        using var layer = Layer();
        var input = nn.Parameter(Networks.Normal(3, 1, Channels, Height, Width));
        using (NewDisposeScope()) SpanAutograd.Backward(layer.call(input).square().sum());
        Assert.All(TensorSpans.ToArray<float>(input.grad!), g => Assert.NotEqual(0, g));
        Assert.All(Networks.Gradients(layer)["project.weight"], g => Assert.NotEqual(0, g));
    }

    [Fact]
    public void Apply_SeededInitialization_AnglesFillTheCircleAndScalesAreOne()
    {
        using var layer = new QuantumConvolution(8, new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 10, Layers = 10 } });
        SeededInitialization.Apply(layer, 3);
        var angles = TensorSpans.ToArray<float>(layer.Weights);
        Assert.Equal(300, angles.Length);
        Assert.All(angles, a => Assert.InRange(a, 0, 2 * Math.PI));
        // The mean of 300 uniform angles has the standard deviation 2π/√12/√300 = 0.105; four of them.
        Assert.Equal(Math.PI, angles.Average(), 0.42);
        Assert.All(TensorSpans.ToArray<float>(layer.state_dict()["scale"]), s => Assert.Equal(1f, s));
    }

    [Fact]
    public void Forward_PrefersTensors_EqualsEngineWithGradients()
    {
        var input = Networks.Normal(3, 2, Channels, Height, Width);
        float[][] Run(bool prefersTensors)
        {
            using var layer = Layer(prefersTensors);
            var x = nn.Parameter(input.clone());
            float[] outputs;
            using (NewDisposeScope())
            {
                var y = layer.call(x);
                outputs = TensorSpans.ToArray<float>(y);
                SpanAutograd.Backward(y.mul(y).sum());
            }

            Assert.Equal(2 * Height * Width * Groups, layer.CircuitsEvaluated);
            Assert.Equal(prefersTensors, layer.UsedTensors);
            return
            [
                outputs,
                TensorSpans.ToArray<float>(x.grad!),
                .. Networks.Gradients(layer).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Value),
            ];
        }

        var (expected, actual) = (Run(false), Run(true));
        Assert.Equal(8, expected.Length);
        foreach (var (e, a) in expected.Zip(actual))
        {
            // Single precision both ways: some dozen roundings of 6e-8, relative to the largest element.
            var scale = e.Append(1).Max(Math.Abs);
            for (var i = 0; i < e.Length; i++) Assert.Equal(e[i], a[i], 3e-6f * scale);
        }
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, EngineKind.StateVector)]
    public void Forward_NoTensorFormOrAnotherEngine_FallsBackToEngine(bool reupload, EngineKind? engine)
    {
        var options = Options with { Circuit = Options.Circuit with { Reupload = reupload }, Engine = engine };
        using var layer = new QuantumConvolution(Channels, options) { PrefersTensors = true };
        using var scope = NewDisposeScope();
        layer.call(Networks.Normal(3, 1, Channels, 2, 2));
        Assert.False(layer.UsedTensors);
        Assert.Equal(4 * Groups, layer.CircuitsEvaluated);
    }

    private static QuantumConvolution Layer(bool prefersTensors = false)
    {
        var layer = new QuantumConvolution(Channels, Options) { PrefersTensors = prefersTensors };
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        return layer;
    }

    // Group g takes the projections g·qubits … g·qubits + qubits − 1, wire i of it the i-th of those.
    private static double[] ByHand(QuantumConvolution layer, double[] pixel)
    {
        var weights = layer.named_parameters()
            .ToDictionary(p => p.name, p => TensorSpans.ToArray<float>(p.parameter).Select(v => (double)v).ToArray());
        var engine = new ReferenceEngine(layer.Circuit);
        var expectations = new double[Groups * Qubits];
        for (var group = 0; group < Groups; group++)
        {
            var angles = new double[Qubits];
            for (var wire = 0; wire < Qubits; wire++)
            {
                var row = group * Qubits + wire;
                var projection = weights["project.bias"][row];
                for (var c = 0; c < Channels; c++) projection += weights["project.weight"][row * Channels + c] * pixel[c];
                angles[wire] = Math.PI * Math.Tanh(weights["scale"][row] * projection);
            }

            engine.Forward(angles, weights["weights"], expectations.AsSpan(group * Qubits, Qubits));
        }

        return [.. Enumerable.Range(0, Channels).Select(c => weights["expand.bias"][c]
            + Enumerable.Range(0, Groups * Qubits).Sum(k => weights["expand.weight"][c * Groups * Qubits + k] * expectations[k]))];
    }
}
