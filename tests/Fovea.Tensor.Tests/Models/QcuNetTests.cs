using Fovea.Models.Circuits;
using Fovea.QcuNet;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Torch.Autograd;
using Fovea.Torch.Modules;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>The layer of QCU-Net as published and as intended, and its network in each arm of the experiment.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class QcuNetTests
{
    [Fact]
    public void Published_IsTheCosineOfTenOfTwelveNumbers()
    {
        using var scope = NewDisposeScope();
        var input = Picture(1, 3, 2, 2);
        var (values, cosines) = (Values(Layer(Arm.Published), input), Values(Layer(Arm.Cosines), input));
        // Wire 4 is channel 1 of pixel (0, 1), wire 8 channel 2 of pixel (1, 0): by channel, row and column.
        int[] targets = [4 + 1, 8 + 2];
        for (var at = 0; at < 12; at++) Assert.Equal(!targets.Contains(at), Math.Abs(values[at] - cosines[at]) < 1e-6);
    }

    [Fact]
    public void Intended_IsACircuitOverEachPatch_WithTheFourPixelsOfAChannelTogether()
    {
        using var scope = NewDisposeScope();
        var layer = Layer(Arm.Intended);
        var input = Picture(2, 3, 4, 6);
        var circuit = new CircuitLayer(new QuantumLayerSpec { Qubits = 12, Ansatz = "hqconv", Encoding = InputEncoding.X }.BuildCircuit());
        using (no_grad()) circuit.Weights.copy_(layer.Weights!);
        var output = layer.call(input);
        foreach (var (image, row, column) in new[] { (0, 0, 0), (1, 2, 4), (1, 0, 2) })
        {
            var (patch, values) = (Patch(input), Patch(output));
            var expected = circuit.call(patch.reshape(1, 12));
            Assert.True(allclose(expected.reshape(3, 2, 2), values, rtol: 0, atol: 1e-6));
            Tensor Patch(Tensor images) => images[image].narrow(1, row, 2).narrow(2, column, 2);
        }
    }

    [Theory]
    [InlineData(Arm.Intended, 8 * 84)]
    [InlineData(Arm.Published, 6 * 12)]
    [InlineData(Arm.Frozen, 0)]
    public void Network_TrainsTheAnglesThatAGateUses(Arm arm, int expected)
    {
        using var scope = NewDisposeScope();
        using var network = Network(arm);
        SpanAutograd.Backward(network.call(Picture(2, 3, 64, 64), tensor(new[] { 3L, 700L }), tensor(new[] { 0L, 1L })).abs().sum());
        var moving = network.Circuits().Sum(circuit => circuit.Weights.grad is { } gradient ? TensorSpans.ToArray<float>(gradient).Count(g => g != 0) : 0);
        Assert.Equal(expected, moving);
    }

    [Theory]
    [InlineData(Arm.Convolution, true)]
    [InlineData(Arm.Cosines, true)]
    [InlineData(Arm.Untimed, false)]
    public void Network_IsToldTheTimestep_UnlessTheArmSaysOtherwise(Arm arm, bool isTold)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = Network(arm);
        var input = Picture(1, 3, 64, 64);
        Tensor At(long timestep) => network.call(input, tensor(new[] { timestep }), tensor(new[] { 0L }));
        var (early, late) = (At(3), At(700));
        Assert.Equal(input.shape, early.shape);
        Assert.NotEqual(isTold, allclose(early, late));
    }

    [Fact]
    public void Arms_ShareTheStartOfWhatTheyShare()
    {
        using var network = Network(Arm.Intended);
        using var other = Network(Arm.Convolution);
        var start = other.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        var shared = network.named_parameters().Where(p => start.TryGetValue(p.name, out var same) && same.shape.SequenceEqual(p.parameter.shape)).ToArray();
        Assert.True(shared.Length > 100);
        foreach (var (name, parameter) in shared)
            Assert.Equal(TensorSpans.ToArray<float>(start[name].detach()), TensorSpans.ToArray<float>(parameter.detach()));
    }

    private static PatchCircuit Layer(Arm arm)
    {
        var layer = new PatchCircuit(arm);
        SeededInitialization.Apply(layer, 5);
        return layer;
    }

    private static Network Network(Arm arm)
    {
        var network = new Network(arm, classes: 2);
        SeededInitialization.Apply(network, 5);
        return network;
    }

    private static float[] Values(PatchCircuit layer, Tensor input) => TensorSpans.ToArray<float>(layer.call(input).detach().contiguous());

    private static Tensor Picture(params long[] shape) => rand(shape, generator: new Generator(3)).Times(2).Minus(1);
}
