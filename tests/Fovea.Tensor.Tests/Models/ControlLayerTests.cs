using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>The controls that stand in a quantum convolution's place.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class ControlLayerTests
{
    private const int Qubits = ControlLayers.Qubits;
    private static readonly string[] Frame = ["expand.bias", "expand.weight", "project.bias", "project.weight", "scale"];

    public static TheoryData<QuantumLayerKind> Kinds => [.. Enum.GetValues<QuantumLayerKind>()];

    public static TheoryData<QuantumLayerKind> KindsWithoutCircuit => [.. Enum.GetValues<QuantumLayerKind>().Where(kind => !kind.RunsCircuit())];

    [Fact]
    public void Names_EveryKind_AreTheDocumentedOnesAndParseBack()
    {
        Assert.Equal(["circuit", "frozen", "matched-mlp", "wide-mlp", "trigonometric", "identity", "separable"], QuantumLayerKinds.Names);
        Assert.Equal(Enum.GetValues<QuantumLayerKind>(), QuantumLayerKinds.Names.Select(QuantumLayerKinds.Parse));
        Assert.Equal(QuantumLayerKinds.Names, Enum.GetValues<QuantumLayerKind>().Select(QuantumLayerKinds.Name));
        Assert.Throws<ArgumentException>(() => QuantumLayerKinds.Parse("circuits"));
    }

    [Theory]
    [MemberData(nameof(KindsWithoutCircuit))]
    public void Forward_TwoGroups_EqualsThePlainComputationAtEveryPosition(QuantumLayerKind kind)
    {
        const int Batch = 2;
        const int Positions = 6;
        using var layer = ControlLayers.Perturbed(kind);
        var values = ControlLayers.Values(layer);
        var input = Networks.Normal(3, Batch, ControlLayers.Channels, Positions / 2, 2);
        var (pixels, actual) = (TensorSpans.ToArray<float>(input), ControlLayers.Outputs(layer, input));
        for (var image = 0; image < Batch; image++)
        {
            for (var at = 0; at < Positions; at++)
            {
                int Index(int channel) => (image * ControlLayers.Channels + channel) * Positions + at;
                var expected = PlainControls.Pixel(kind, values, [.. Enumerable.Range(0, ControlLayers.Channels).Select(c => (double)pixels[Index(c)])]);
                // float32 against double through four matrix products at most.
                for (var channel = 0; channel < ControlLayers.Channels; channel++) Assert.Equal(expected[channel], actual[Index(channel)], 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_EachKind_IsThatKindWithTheFrameOfTheCircuit(QuantumLayerKind kind)
    {
        using var layer = ControlLayers.Seeded(kind, 4);
        using var circuit = ControlLayers.Seeded(QuantumLayerKind.Circuit, 4);
        Assert.Equal((kind, Qubits), (layer.Kind, layer.Qubits));
        var (values, expected) = (ControlLayers.Values(layer), ControlLayers.Values(circuit));
        Assert.Equal(Frame, values.Keys.Intersect(Frame).Order(StringComparer.Ordinal));
        Assert.All(Frame, name => Assert.Equal(expected[name], values[name]));
        Assert.Equal(values.Count - Frame.Length, layer.MiddleParameters.Count);
        if (kind.RunsCircuit()) Assert.Equal(expected["weights"], values["weights"]);
    }

    // Circuit: 3 rotations on 8 wires in 3 layers. Perceptron of h units: 8h + h + 8h + 8. Trigonometric: 8 · (1 + 16 + 4 · 28).
    [Theory]
    [InlineData(QuantumLayerKind.Circuit, 72, 72, 1)]
    [InlineData(QuantumLayerKind.Frozen, 0, 0, 1)]
    [InlineData(QuantumLayerKind.MatchedMlp, 4 * 17 + 8, 0, 0)]
    [InlineData(QuantumLayerKind.WideMlp, 8 * 17 + 8, 0, 0)]
    [InlineData(QuantumLayerKind.Trigonometric, 8 * 129, 0, 0)]
    [InlineData(QuantumLayerKind.Identity, 0, 0, 0)]
    [InlineData(QuantumLayerKind.Separable, 72, 72, 1)]
    public void ParameterReport_EightQubitsThreeLayers_EqualsHandCount(QuantumLayerKind kind, int middle, int quantum, int circuits)
    {
        using var layer = kind.Create(16, new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 8, Layers = 3, Ansatz = "ese2-recon" }, Groups = 2 });
        const int FrameCount = 16 * 16 + 16 + 16 + 16 * 16 + 16;
        Assert.Equal(new ParameterReport(FrameCount + middle, quantum, circuits, middle), ParameterReport.Count(layer));
        Assert.Same(layer, Assert.Single(ParameterReport.AngleLayersOf(layer)));
    }

    [Fact]
    public void MatchedWidth_AnyCount_IsTheNearestByTrial()
    {
        for (var qubits = 1; qubits <= 12; qubits++)
        {
            for (var weights = 0; weights <= 400; weights++)
            {
                int Miss(int width) => Math.Abs(PerceptronConvolution.ParameterCount(qubits, width) - weights);
                var best = Enumerable.Range(1, 200).MinBy(Miss);
                Assert.Equal(best, PerceptronConvolution.MatchedWidth(qubits, weights));
            }
        }
    }

    [Theory]
    [InlineData(QuantumLayerKind.MatchedMlp, "hidden.bias", "hidden.weight", "output.bias", "output.weight")]
    [InlineData(QuantumLayerKind.WideMlp, "hidden.bias", "hidden.weight", "output.bias", "output.weight")]
    [InlineData(QuantumLayerKind.Trigonometric, "coefficients.weight")]
    [InlineData(QuantumLayerKind.Identity)]
    [InlineData(QuantumLayerKind.Frozen)]
    public void Backward_Float64_EqualsCentralDifferences(QuantumLayerKind kind, params string[] middle)
    {
        using var layer = ControlLayers.Perturbed(kind);
        layer.to(ScalarType.Float64);
        Assert.Equal(Frame.Concat(middle).Append("input").Order(StringComparer.Ordinal), LayerDifferences.Check(layer, ControlLayers.Channels));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Save_EachKind_LoadsIntoAnotherSeedToTheSameOutputs(QuantumLayerKind kind)
    {
        using var folder = new TemporaryFolder();
        using var layer = ControlLayers.Perturbed(kind);
        using var other = ControlLayers.Seeded(kind, 99);
        var input = Networks.Normal(3, 1, ControlLayers.Channels, 2, 2);
        ModuleWeights.Save(layer, folder.File("layer.safetensors"));
        Assert.NotEqual(ControlLayers.Outputs(layer, input), ControlLayers.Outputs(other, input));
        ModuleWeights.LoadInto(other, folder.File("layer.safetensors"));
        Assert.Equal(ControlLayers.Outputs(layer, input), ControlLayers.Outputs(other, input));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_NetworksOfEachKind_DifferInTheirMiddlesOnly(QuantumLayerKind kind)
    {
        using var control = Networks.Denoiser(Networks.Quantum with { DenoiserLayer = kind }, seed: 6);
        using var circuit = Networks.Denoiser(Networks.Quantum with { AutoencoderLayer = kind }, seed: 6);
        Assert.All(ParameterReport.AngleLayersOf(control), layer => Assert.Equal(kind, layer.Kind));
        Assert.All(ParameterReport.AngleLayersOf(circuit), layer => Assert.Equal(QuantumLayerKind.Circuit, layer.Kind));
        var (values, expected) = (ControlLayers.Values(control), ControlLayers.Values(circuit));
        string[] circuitWeights = ["middle.block.conv2.weights", "middle.block2.conv2.weights"];
        Assert.Equal(kind.RunsCircuit() ? [] : circuitWeights, expected.Keys.Except(values.Keys).Order(StringComparer.Ordinal));
        Assert.All(expected.Keys.Intersect(values.Keys), name => Assert.Equal(expected[name], values[name]));
    }
}
