using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Models;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Middles of each group's own in place of one that all groups share.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class GroupWeightsTests
{
    private static readonly QuantumOptions Own = ControlLayers.Options with { Shared = false };

    public static TheoryData<QuantumLayerKind> Kinds => [.. Enum.GetValues<QuantumLayerKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_EqualParametersInEachGroup_IsTheSharedLayer(QuantumLayerKind kind)
    {
        using var shared = ControlLayers.Perturbed(kind);
        using var own = kind.Create(ControlLayers.Channels, Own);
        CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            // A first size more in the middles, along which the values repeat.
            foreach (var (mine, theirs) in own.parameters().Zip(shared.parameters())) mine.copy_(theirs.expand(mine.shape));
            return 0;
        });
        var input = Networks.Normal(3, 2, ControlLayers.Channels, 3, 2);
        var (expected, actual) = (ControlLayers.Outputs(shared, input), ControlLayers.Outputs(own, input));
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-6f);
    }

    // Each group alone: the shared layer with that group's middle, and with nothing read of the other groups.
    [Theory]
    [InlineData(QuantumLayerKind.Circuit, false, false)]
    [InlineData(QuantumLayerKind.Circuit, true, false)]
    [InlineData(QuantumLayerKind.Frozen, false, true)]
    [InlineData(QuantumLayerKind.MatchedMlp, false, false)]
    [InlineData(QuantumLayerKind.Trigonometric, false, false)]
    public void Forward_ParametersOfEachGroup_ReachThatGroupOnly(QuantumLayerKind kind, bool tensors, bool noisy)
    {
        using var own = Layer(kind, Own, tensors, noisy);
        SeededInitialization.Apply(own, 8);
        Networks.Perturb(own);
        var input = Networks.Normal(3, 2, ControlLayers.Channels, 3, 2);
        var sum = new float[input.numel()];
        for (var group = 0; group < ControlLayers.Groups; group++)
        {
            using var alone = Layer(kind, ControlLayers.Options, tensors, noisy);
            Take(alone, own, group);
            sum = [.. ControlLayers.Outputs(alone, input).Zip(sum, (a, b) => a + b)];
        }

        var actual = ControlLayers.Outputs(own, input);
        for (var k = 0; k < sum.Length; k++) Assert.Equal(sum[k], actual[k], 3e-6f);
        if (own is QuantumConvolution circuit) Assert.Equal((tensors, 2 * 6 * ControlLayers.Groups), (circuit.UsedTensors, (int)circuit.CircuitsEvaluated));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Backward_Float64_EqualsCentralDifferences(QuantumLayerKind kind)
    {
        using var layer = kind.Create(ControlLayers.Channels, Own);
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        layer.to(ScalarType.Float64);
        var trained = layer.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name).Append("input");
        Assert.Equal(trained.Order(StringComparer.Ordinal), LayerDifferences.Check(layer, ControlLayers.Channels));
    }

    [Theory]
    [InlineData(QuantumLayerKind.Circuit, "weights", 2 * 18)]
    [InlineData(QuantumLayerKind.MatchedMlp, "hidden.weight", 2 * 6)] // 2 units: 2 · 7 + 3 = 17 of 18
    [InlineData(QuantumLayerKind.Trigonometric, "coefficients.weight", 2 * 3 * 19)]
    public void Apply_SeededInitialization_StartsTheFirstGroupAsTheSharedMiddleAndTheNextOtherwise(QuantumLayerKind kind, string name, int count)
    {
        using var own = kind.Create(ControlLayers.Channels, Own);
        SeededInitialization.Apply(own, 8);
        using var shared = ControlLayers.Seeded(kind, 8);
        var (values, expected) = (ControlLayers.Values(own), ControlLayers.Values(shared));
        Assert.Equal(count, values[name].Length);
        Assert.Equal(expected[name], values[name][..(count / 2)]);
        Assert.NotEqual(expected[name], values[name][(count / 2)..]);
        Assert.Equal(2 * ParameterReport.Count(shared).LayerParameters, ParameterReport.Count(own).LayerParameters);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public void Forward_OddShapes_KeepsGroupsAndImagesApart(int batch, int side)
    {
        using var layer = QuantumLayerKind.Circuit.Create(ControlLayers.Channels, Own with { Groups = 3 });
        SeededInitialization.Apply(layer, 8);
        var input = Networks.Normal(3, batch, ControlLayers.Channels, side, side);
        var whole = ControlLayers.Outputs(layer, input);
        float[] each = [.. Enumerable.Range(0, batch).SelectMany(image => ControlLayers.Outputs(layer, input.narrow(0, image, 1)))];
        for (var k = 0; k < whole.Length; k++) Assert.Equal(each[k], whole[k], 1e-6f);
    }

    private static AngleConvolution Layer(QuantumLayerKind kind, QuantumOptions options, bool tensors, bool noisy)
    {
        if (!kind.RunsCircuit()) return kind.Create(ControlLayers.Channels, options);
        return new QuantumConvolution(ControlLayers.Channels, options, frozen: kind == QuantumLayerKind.Frozen)
        {
            PrefersTensors = tensors,
            Backend = noisy ? new DeviceBackend(ShippedProfiles.Find("heavy-hex")) : null,
        };
    }

    private static void Take(AngleConvolution alone, AngleConvolution own, int group) => CollectionPause.Run(() =>
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (mine, theirs) in alone.named_parameters().Zip(own.parameters()))
        {
            var isFrame = mine.parameter.shape.SequenceEqual(theirs.shape);
            mine.parameter.copy_(isFrame ? theirs : theirs.select(0, group));
            if (mine.name == "expand.weight") Erase(mine.parameter, group);
            if (mine.name == "expand.bias" && group > 0) mine.parameter.zero_();
        }

        return 0;
    });

    private static void Erase(Tensor expand, int kept)
    {
        var width = expand.shape[1] / ControlLayers.Groups;
        for (var group = 0; group < ControlLayers.Groups; group++)
            if (group != kept) expand.narrow(1, group * width, width).zero_();
    }
}
