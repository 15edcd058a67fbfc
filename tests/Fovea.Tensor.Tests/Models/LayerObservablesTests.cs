using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Engines;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using TorchSharp;

namespace Fovea.Tests.Models;

/// <summary>Layers whose circuits give more numbers than ⟨Z⟩ of each wire, and controls that give as many.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class LayerObservablesTests
{
    private const int Outputs = 9; // of 3 qubits: X, Z, and 3 pairs on the ring

    private static readonly QuantumOptions Options = ControlLayers.Options with { Circuit = ControlLayers.Options.Circuit with { Observables = "X+Z+ZZ" } };

    public static TheoryData<QuantumLayerKind, bool> Kinds
    {
        get
        {
            var data = new TheoryData<QuantumLayerKind, bool>();
            foreach (var kind in Enum.GetValues<QuantumLayerKind>())
                foreach (var shared in new[] { true, false }) data.Add(kind, shared);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Backward_Float64_EqualsCentralDifferences(QuantumLayerKind kind, bool shared)
    {
        using var layer = kind.Create(ControlLayers.Channels, Options with { Shared = shared });
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        Assert.Equal((ControlLayers.Qubits, Outputs), (layer.Qubits, layer.Outputs));
        Assert.Equal(
            [ControlLayers.Channels, ControlLayers.Groups * Outputs, 1, 1], layer.named_parameters().Single(p => p.name == "expand.weight").parameter.shape);
        layer.to(torch.ScalarType.Float64);
        Assert.Contains("input", LayerDifferences.Check(layer, ControlLayers.Channels));
    }

    // Number k of a group is observable k of its circuit: expand reads them in that order.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_OnePosition_EqualsTheReferenceEngine(bool tensors)
    {
        using var layer = new QuantumConvolution(ControlLayers.Channels, Options) { PrefersTensors = tensors };
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        var values = ControlLayers.Values(layer);
        var input = Networks.Normal(3, 1, ControlLayers.Channels, 1, 1);
        double[] pixel = [.. TensorSpans.ToArray<float>(input).Select(x => (double)x)];
        double[] Linear(string name, double[] x) =>
            [.. values[$"{name}.bias"].Select(
                (bias, row) => bias + x.Select((value, column) => values[$"{name}.weight"][(row * x.Length) + column] * value).Sum())];
        double[] angles = [.. Linear("project", pixel).Select((value, k) => Math.PI * Math.Tanh(values["scale"][k] * value))];
        var numbers = new double[ControlLayers.Groups * Outputs];
        var reference = new ReferenceEngine(layer.Circuit);
        reference.Forward(angles, values["weights"], numbers);
        var (expected, actual) = (Linear("expand", numbers), ControlLayers.Outputs(layer, input));
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-5);
        Assert.Equal(tensors, layer.UsedTensors);
    }

    // Identity: the angle of the observable's first wire. Perceptron of h units: h · (3 + 9 + 1) + 9 for 18 weights gives h = 1.
    [Fact]
    public void Create_Controls_GiveAsManyNumbersOfTheirKind()
    {
        using var matched = QuantumLayerKind.MatchedMlp.Create(ControlLayers.Channels, Options);
        Assert.Equal((22, 1), (ParameterReport.Count(matched).LayerParameters, ((PerceptronConvolution)matched).HiddenWidth));
        using var trigonometric = QuantumLayerKind.Trigonometric.Create(ControlLayers.Channels, Options);
        Assert.Equal(Outputs * 19, ParameterReport.Count(trigonometric).LayerParameters);

        using var wide = QuantumLayerKind.Identity.Create(ControlLayers.Channels, Options);
        using var plain = ControlLayers.Seeded(QuantumLayerKind.Identity, 8);
        SeededInitialization.Apply(wide, 8);
        CollectionPause.Run(() =>
        {
            using var noGradient = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var narrow = plain.named_parameters().Single(p => p.name == "expand.weight").parameter.zero_();
            foreach (var (name, parameter) in wide.named_parameters())
            {
                if (name == "expand.bias") parameter.copy_(plain.named_parameters().Single(p => p.name == name).parameter);
                if (name != "expand.weight") continue;
                // Numbers 0 to 8 of a group are wires 0 1 2, 0 1 2, 0 1 2.
                for (var k = 0; k < ControlLayers.Groups * Outputs; k++)
                    narrow.select(1, (k / Outputs * ControlLayers.Qubits) + (k % ControlLayers.Qubits)).add_(parameter.select(1, k));
            }

            return 0;
        });
        var input = Networks.Normal(3, 2, ControlLayers.Channels, 2, 1);
        var (expected, actual) = (ControlLayers.Outputs(plain, input), ControlLayers.Outputs(wide, input));
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 2e-6f);
    }
}
