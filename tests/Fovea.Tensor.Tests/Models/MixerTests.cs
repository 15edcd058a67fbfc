using Fovea.Core.Errors;
using Fovea.Models.Circuits;
using Fovea.Models.Controls;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>A layer whose circuits, and nothing else, bring channels together.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class MixerTests
{
    private const int Channels = 6;

    private static readonly QuantumOptions Mixer = new()
    {
        Circuit = new QuantumLayerSpec { Qubits = 3, Layers = 1, Ansatz = "strongly-entangling" },
        Join = QuantumJoin.Mixer,
        Projection = 3,
    };

    /// <summary>Every kind, with middles shared or not.</summary>
    public static TheoryData<QuantumLayerKind, bool> Kinds =>
    [
        .. from kind in Enum.GetValues<QuantumLayerKind>()
           from shared in new[] { true, false }
           select new TheoryDataRow<QuantumLayerKind, bool>(kind, shared),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_OneChannelChanged_ReachesItsGroupAndNoOther(QuantumLayerKind kind, bool shared)
    {
        using var layer = Perturbed(kind, Mixer with { Shared = shared });
        Assert.Equal((2, 3), (layer.Groups, layer.Qubits));
        using var scope = NewDisposeScope();
        var input = Networks.Normal(3, 2, Channels, 3, 4);
        var other = input.clone();
        other.select(1, 4).add_(0.5f);
        var (before, after) = (Outputs(layer, input), Outputs(layer, other));
        var moved = Enumerable.Range(0, Channels).Where(channel => before.select(1, channel).sub(after.select(1, channel)).abs().max().ToDouble() > 1e-6)
            .ToArray();
        // What has nothing between its wires says of a channel what that channel says.
        Assert.Equal(kind is QuantumLayerKind.Identity or QuantumLayerKind.Separable ? [4] : [3, 4, 5], moved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Backward_Float64_EqualsCentralDifferences(bool shared)
    {
        using var layer = Perturbed(QuantumLayerKind.Circuit, Mixer with { Shared = shared, Circuit = Mixer.Circuit with { Observables = "X+Z" } });
        layer.to(ScalarType.Float64);
        var names = LayerDifferences.Check(layer, Channels).ToArray();
        Assert.Equal(["expand.bias", "expand.weight", "input", "project.bias", "project.weight", "scale", "weights"], names.Order());
    }

    // With weights for the last observable alone, a layer of three observables is the layer of that one.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_SeveralObservables_AreThoseOfTheChannelsOwnWire(bool shared)
    {
        using var one = Perturbed(QuantumLayerKind.Circuit, Mixer with { Shared = shared });
        using var three = Perturbed(QuantumLayerKind.Circuit, Mixer with { Shared = shared, Circuit = Mixer.Circuit with { Observables = "X+Y+Z" } });
        using var scope = NewDisposeScope();
        CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            var (from, to) = (
                one.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter), three.named_parameters()
                    .ToDictionary(entry => entry.name, entry => entry.parameter));
            foreach (var (name, parameter) in from.Where(entry => entry.Key != "expand.weight")) to[name].copy_(parameter);
            to["expand.weight"].zero_();
            to["expand.weight"].select(1, 2).copy_(from["expand.weight"].select(1, 0));
            return 0;
        });
        var input = Networks.Normal(3, 2, Channels, 3, 4);
        Assert.True(Outputs(one, input).allclose(Outputs(three, input), 1e-5, 1e-6));
    }

    [Fact]
    public void Create_ChannelsThatQubitsDoNotDivide_IsRefused() =>
        Assert.Contains("a place has 8", Assert.Throws<InputException>(() => QuantumLayerKind.Circuit.Create(8, Mixer)).Message, StringComparison.Ordinal);

    private static AngleConvolution Perturbed(QuantumLayerKind kind, QuantumOptions options)
    {
        var layer = kind.Create(Channels, options);
        SeededInitialization.Apply(layer, 8);
        Networks.Perturb(layer);
        return layer;
    }

    private static Tensor Outputs(AngleConvolution layer, Tensor input)
    {
        using var noGradient = no_grad();
        return CollectionPause.Run(() => layer.call(input));
    }
}
