using Fovea.Models;
using Fovea.Models.Blocks;
using Fovea.Models.Circuits;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Quantum layers beside a convolution, and on a part of the channels.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class JoinTests
{
    private const int Channels = 8;
    private static readonly QuantumOptions Gated = Networks.Quantum with { Join = QuantumJoin.Gated };
    private static readonly QuantumOptions Part = Networks.Quantum with { Join = QuantumJoin.Part, Part = 0.25 };

    // The gate is zero at the start: the model is its classical twin, bit for bit, whatever stands beside it.
    [Theory]
    [InlineData(QuantumLayerKind.Circuit)]
    [InlineData(QuantumLayerKind.Identity)]
    public void Forward_GatedAtItsStart_IsTheClassicalTwin(QuantumLayerKind kind)
    {
        using var gated = Networks.Autoencoder(Gated with { AutoencoderLayer = kind }, seed: 6);
        using var classical = Networks.Autoencoder(Networks.Classical, seed: 6);
        var images = Networks.Normal(3, 1, 3, 16, 16);
        Assert.Equal(ControlLayers.Outputs(classical, images), ControlLayers.Outputs(gated, images));
        Assert.Equal(2, ParameterReport.AngleLayersOf(gated).Count);
        Networks.Perturb(gated);
        Networks.Perturb(classical);
        Assert.NotEqual(ControlLayers.Outputs(classical, images), ControlLayers.Outputs(gated, images));
    }

    // Without gradient at the gate nothing would ever open it.
    [Fact]
    public void Backward_GatedAtItsStart_MovesTheGate()
    {
        using var gated = Create(Gated);
        using (NewDisposeScope()) gated.call(Networks.Normal(3, 2, Channels, 3, 2)).square().sum().backward();
        var gradients = Networks.Gradients(gated);
        Assert.All(gradients["gate"], gradient => Assert.NotEqual(0, gradient));
        Assert.All(gradients["layer.weights"], gradient => Assert.Equal(0, gradient));
    }

    [Theory]
    [InlineData(QuantumJoin.Gated)]
    [InlineData(QuantumJoin.Part)]
    public void Backward_Float64_EqualsCentralDifferences(QuantumJoin join)
    {
        using var layer = Create(join == QuantumJoin.Part ? Part : Gated);
        Networks.Perturb(layer);
        layer.to(ScalarType.Float64);
        var names = LayerDifferences.Check(layer, Channels).ToArray();
        Assert.Contains("layer.weights", names);
        Assert.Contains("convolution.weight", names);
        Assert.Equal(join == QuantumJoin.Gated, names.Contains("gate"));
    }

    [Fact]
    public void Forward_Part_IsTheLayerOnTheFirstChannelsAndAConvolutionOnTheOthers()
    {
        using var joined = Create(Part);
        Networks.Perturb(joined);
        var layer = Assert.Single(ParameterReport.AngleLayersOf(joined));
        var input = Networks.Normal(3, 1, Channels, 3, 2);
        var actual = ControlLayers.Outputs(joined, input);
        Assert.Equal(ControlLayers.Outputs(layer, input.narrow(1, 0, 2)), actual[..12]);
        using var convolution = joined.named_children().Single(child => child.name == "convolution").module;
        Assert.Equal(ControlLayers.Outputs((nn.Module<Tensor, Tensor>)convolution, input.narrow(1, 2, 6)), actual[12..]);
    }

    [Theory]
    [InlineData(0.01, 8, 1)]
    [InlineData(0.5, 8, 4)]
    [InlineData(0.99, 8, 7)]
    public void ChannelsOf_Part_LeavesOneOnEachSide(double part, int channels, int expected)
    {
        Assert.Equal(expected, (Part with { Part = part }).ChannelsOf(channels));
        Assert.Equal(channels, (Gated with { Part = part }).ChannelsOf(channels));
    }

    private static nn.Module<Tensor, Tensor> Create(QuantumOptions options)
    {
        var layer = new ConvolutionFactory(options, ["middle"]).Create("middle", Channels);
        SeededInitialization.Apply(layer, 8);
        return layer;
    }
}
