using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Engines;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Re-uploading with a trainable scale and shift for each upload and wire, and with axes by upload.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class UploadScalesTests
{
    private static readonly QuantumOptions Plain = ControlLayers.Options with { Circuit = ControlLayers.Options.Circuit with { Reupload = true } };
    private static readonly QuantumOptions Scaled = Plain with { UploadScales = true };

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)] // one upload: computed in tensors
    public void Forward_ScaleOneShiftZero_IsTheLayerWithout(bool shared, bool reupload)
    {
        var options = Scaled with { Shared = shared, Circuit = Scaled.Circuit with { Reupload = reupload } };
        using var scaled = new QuantumConvolution(ControlLayers.Channels, options) { PrefersTensors = !reupload };
        using var plain = new QuantumConvolution(ControlLayers.Channels, options with { UploadScales = false }) { PrefersTensors = !reupload };
        SeededInitialization.Apply(scaled, 8);
        SeededInitialization.Apply(plain, 8);
        var input = Networks.Normal(3, 2, ControlLayers.Channels, 3, 2);
        var (expected, actual) = (ControlLayers.Outputs(plain, input), ControlLayers.Outputs(scaled, input));
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-6f);
        Assert.Equal(!reupload, scaled.UsedTensors);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "")]
    [InlineData(true, "ZYX")]
    public void Forward_AnyScales_EqualsTheReferenceWithScaledAngles(bool shared, string axes)
    {
        const int Uploads = 2;
        const int Inputs = Uploads * ControlLayers.Qubits;
        using var layer = new QuantumConvolution(ControlLayers.Channels, Scaled with { Shared = shared, Circuit = Scaled.Circuit with { Axes = axes } });
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        var values = ControlLayers.Values(layer);
        var input = Networks.Normal(3, 1, ControlLayers.Channels, 1, 1);
        double[] Linear(string name, double[] x) =>
            [.. values[$"{name}.bias"].Select(
                (bias, row) => bias + x.Select((value, column) => values[$"{name}.weight"][(row * x.Length) + column] * value).Sum())];
        double[] angles = [.. Linear("project", [.. TensorSpans.ToArray<float>(input).Select(x => (double)x)]).Select(
            (value, k) => Math.PI * Math.Tanh(values["scale"][k] * value))];
        var numbers = new double[angles.Length];
        for (var group = 0; group < ControlLayers.Groups; group++)
        {
            int Own(int size) => shared ? 0 : group * size;
            double[] x = [.. Enumerable.Range(0, Inputs)
                .Select(
                    k => (values["upload_scale"][Own(Inputs) + k] * angles[(group * ControlLayers.Qubits) + (k % ControlLayers.Qubits)])
                        + values["upload_shift"][Own(Inputs) + k])];
            new ReferenceEngine(layer.Circuit)
                .Forward(x, values["weights"].AsSpan(Own(18), 18), numbers.AsSpan(group * ControlLayers.Qubits, ControlLayers.Qubits));
        }

        var (expected, actual) = (Linear("expand", numbers), ControlLayers.Outputs(layer, input));
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-5);
    }

    [Theory]
    [InlineData(QuantumLayerKind.Circuit, true)]
    [InlineData(QuantumLayerKind.Circuit, false)]
    [InlineData(QuantumLayerKind.Frozen, false)]
    [InlineData(QuantumLayerKind.Separable, true)]
    public void Backward_Float64_EqualsCentralDifferences(QuantumLayerKind kind, bool shared)
    {
        using var layer = kind.Create(ControlLayers.Channels, Scaled with { Shared = shared, Circuit = Scaled.Circuit with { Axes = "YZX" } });
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        layer.to(ScalarType.Float64);
        string[] weights = kind == QuantumLayerKind.Frozen ? [] : ["weights"];
        Assert.Equal(
            ["expand.bias", "expand.weight", "input", "project.bias", "project.weight", "scale", "upload_scale", "upload_shift", .. weights],
            LayerDifferences.Check(layer, ControlLayers.Channels));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_SeededInitialization_StartsScalesByUploadInTurn(bool shared)
    {
        using var layer = new QuantumConvolution(
            ControlLayers.Channels, Scaled with { Shared = shared, UploadScaleStart = [1, 3], Circuit = Scaled.Circuit with { Layers = 3 } });
        SeededInitialization.Apply(layer, 8);
        double[] group = [1, 1, 1, 3, 3, 3, 1, 1, 1];
        var values = ControlLayers.Values(layer);
        Assert.Equal(shared ? group : [.. group, .. group], values["upload_scale"]);
        Assert.All(values["upload_shift"], shift => Assert.Equal(0, shift));
        // What the options do not change begins as without them.
        using var plain = new QuantumConvolution(ControlLayers.Channels, Plain with { Shared = shared, Circuit = Plain.Circuit with { Layers = 3 } });
        SeededInitialization.Apply(plain, 8);
        Assert.All(ControlLayers.Values(plain), parameter => Assert.Equal(parameter.Value, values[parameter.Key]));
    }

    // 18 weights, 2 uploads of 3 scales and 3 shifts: 30 numbers. Perceptron of h units: 7h + 3.
    [Fact]
    public void Create_MatchedMlp_IsOfTheSizeOfWeightsScalesAndShifts()
    {
        using var matched = (PerceptronConvolution)QuantumLayerKind.MatchedMlp.Create(ControlLayers.Channels, Scaled);
        using var circuit = QuantumLayerKind.Circuit.Create(ControlLayers.Channels, Scaled);
        Assert.Equal((4, 31), (matched.HiddenWidth, ParameterReport.Count(matched).LayerParameters));
        Assert.Equal(new ParameterReport(ParameterReport.Count(circuit).Total, 18, 1, 30), ParameterReport.Count(circuit));
    }
}
