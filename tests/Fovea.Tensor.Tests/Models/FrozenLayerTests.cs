using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Tests.Torch;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>The circuit whose random weights stay as they start.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class FrozenLayerTests
{
    private static DeviceBackend HeavyHex => new(ShippedProfiles.Find("heavy-hex"));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Step_Frozen_TrainsTheProjectionsAndNotTheWeights(bool tensors, bool noisy)
    {
        using var layer = Layer(frozen: true, tensors);
        if (noisy) layer.Backend = HeavyHex;
        using var optimizer = new AdamW(layer);
        using var average = new ExponentialMovingAverage(layer, 0.9);
        var before = ControlLayers.Values(layer);
        for (var step = 0; step < 3; step++)
        {
            optimizer.ClearGradients();
            Backward(layer);
            Assert.Null(layer.Weights.grad);
            Assert.Equal(
                ["expand.bias", "expand.weight", "project.bias", "project.weight", "scale"], Networks.Gradients(layer).Keys.Order(StringComparer.Ordinal));
            optimizer.Step(0.1);
            average.Update();
        }

        var after = ControlLayers.Values(layer);
        Assert.All(after.Where(p => p.Key != "weights"), p => Assert.NotEqual(before[p.Key], p.Value));
        Assert.Equal(before["weights"], after["weights"]);
        using (average.Swap()) Assert.Equal(before["weights"], ControlLayers.Values(layer)["weights"]);
        Assert.Equal(5, optimizer.Parameters.Count());
        Assert.Equal(tensors, layer.UsedTensors);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Forward_FrozenOfTheSameSeed_IsTheTrainedOneWithItsGradients(bool tensors, bool noisy)
    {
        using var frozen = Layer(frozen: true, tensors);
        using var trained = Layer(frozen: false, tensors);
        if (noisy) (frozen.Backend, trained.Backend) = (HeavyHex, HeavyHex);
        var input = Networks.Normal(3, 1, ControlLayers.Channels, 2, 2);
        Assert.Equal(ControlLayers.Outputs(trained, input), ControlLayers.Outputs(frozen, input));
        Backward(frozen);
        Backward(trained);
        var expected = Networks.Gradients(trained);
        Assert.True(expected.Remove("weights"));
        Assert.Equal(expected, Networks.Gradients(frozen));
    }

    [Fact]
    public void LoadInto_WeightsOfAFrozenLayer_FitATrainedOneAndBack()
    {
        using var frozen = Layer(frozen: true);
        using var trained = (QuantumConvolution)ControlLayers.Seeded(QuantumLayerKind.Circuit, 31);
        ModuleWeights.LoadInto(trained, ModuleWeights.Collect(frozen), "frozen");
        Assert.Equal(ControlLayers.Values(frozen), ControlLayers.Values(trained));
        Assert.Equal((QuantumLayerKind.Circuit, true), (trained.Kind, trained.Weights.requires_grad));
        ModuleWeights.LoadInto(frozen, ModuleWeights.Collect(trained), "trained");
        Assert.Equal((QuantumLayerKind.Frozen, false), (frozen.Kind, frozen.Weights.requires_grad));
    }

    [Fact]
    public void To_AnotherDataType_LeavesItFrozen()
    {
        using var layer = Layer(frozen: true);
        layer.to(ScalarType.Float64);
        Assert.Equal((ScalarType.Float64, false), (layer.Weights.dtype, layer.Weights.requires_grad));
        Assert.Equal(0, ParameterReport.Count(layer).LayerParameters);
        Assert.Single(layer.MiddleParameters);
    }

    private static QuantumConvolution Layer(bool frozen, bool prefersTensors = false)
    {
        var layer = new QuantumConvolution(ControlLayers.Channels, ControlLayers.Options, frozen) { PrefersTensors = prefersTensors };
        SeededInitialization.Apply(layer, 8);
        return layer;
    }

    private static void Backward(QuantumConvolution layer)
    {
        using var scope = NewDisposeScope();
        SpanAutograd.Backward(layer.call(Networks.Normal(3, 1, ControlLayers.Channels, 2, 2)).Squared().sum());
    }
}
