using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Models.Circuits;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Torch.Autograd;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

public sealed class CircuitLayerTests
{
    private static readonly Circuit Gates = new CircuitBuilder(2).RY(Angle.Input(0), 0).RX(Angle.Input(1), 1).CRX(Angle.Weight(0), 0, 1)
        .RY(Angle.Weight(1), 0).RZ(Angle.Weight(0, 2), 1).RY(Angle.Weight(2), 1).Build();

    private static readonly Observable[] Measured = [Observable.Z(0), Observable.Pauli("X0*Z1") + (0.5 * Observable.Y(1)), Observable.Pauli("Z0*Z1")];

    [Fact]
    public void Forward_AndBackward_AreThoseOfTheReference()
    {
        using var scope = NewDisposeScope();
        using var layer = new CircuitLayer(Gates, Measured, seed: 3);
        layer.to(float64);
        double[] inputs = [0.3, -0.9, 1.4, 0.2];
        var x = tensor(inputs, dtype: float64).reshape(2, 2).requires_grad_(true);
        var y = layer.call(x);
        Assert.Equal([2L, 3L], y.shape);
        double[] cotangents = [1, -0.5, 0.3, 0.2, 0.7, -1.1];
        SpanAutograd.Backward((y * tensor(cotangents, dtype: float64).reshape(2, 3)).sum());
        var circuit = new Circuit(2, 2, 3, Gates.Operations, Measured);
        var reference = new ReferenceEngine(circuit);
        var weights = layer.Weights.data<double>().ToArray();
        var (values, dx, dw) = (new double[6], new double[4], new double[3]);
        reference.Forward(inputs, weights, values);
        reference.VectorJacobianProduct(inputs, weights, cotangents, dx, dw);
        Near(values, y, 1e-9);
        Near(dx, x.grad!, 1e-9);
        Near(dw, layer.Weights.grad!, 1e-9);
    }

    [Fact]
    public void Seed_GivesTheInitialAngles()
    {
        using var scope = NewDisposeScope();
        float[] Start(ulong seed)
        {
            using var layer = new CircuitLayer(Gates, Measured, seed);
            return layer.Weights.data<float>().ToArray();
        }

        Assert.Equal(Start(1), Start(1));
        Assert.NotEqual(Start(1), Start(2));
        Assert.All(Start(1), angle => Assert.InRange(angle, 0, 2 * MathF.PI));
    }

    [Fact]
    public void Training_LowersTheLoss_AndStateIsTheWeights()
    {
        using var scope = NewDisposeScope();
        using var layer = new CircuitLayer(Gates, [Observable.Z(1)], seed: 5);
        Assert.Equal(["weights"], layer.state_dict().Keys);
        var x = linspace(-1, 1, 16).reshape(8, 2);
        var target = x.sum(1, keepdim: true).sin();
        var optimizer = optim.Adam(layer.parameters(), 0.1);
        double Step()
        {
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(layer.call(x), target);
            SpanAutograd.Backward(loss);
            optimizer.step();
            return loss.item<float>();
        }

        var first = Step();
        for (var step = 0; step < 20; step++) Step();
        Assert.True(Step() < 0.7 * first);
    }

    [Fact]
    public void Backend_WithShots_HasShiftRuleGradients()
    {
        using var scope = NewDisposeScope();
        using var layer = new CircuitLayer(Gates, [Observable.Z(0), Observable.Z(1)], seed: 3);
        var x = tensor([0.3f, -0.9f]).reshape(1, 2);
        layer.call(x).sum().backward();
        var exact = layer.Weights.grad!.data<float>().ToArray();
        layer.zero_grad();
        layer.Backend = new DeviceBackend(ShippedProfiles.Find("heavy-hex"), new ExecutionOptions { NoiseScale = 0, Shots = 20_000, Seed = 1 });
        SpanAutograd.Backward(layer.call(x).sum());
        var estimated = layer.Weights.grad!.data<float>().ToArray();
        Assert.NotEqual(exact, estimated);
        for (var k = 0; k < exact.Length; k++) Assert.Equal(exact[k], estimated[k], 0.06f);
    }

    [Fact]
    public void Forward_OtherShape_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var layer = new CircuitLayer(Gates, Measured);
        Assert.Contains("this circuit takes [batch, 2]", Assert.Throws<ArgumentException>(() => layer.call(zeros(4, 3))).Message, StringComparison.Ordinal);
    }

    private static void Near(double[] expected, Tensor actual, double tolerance)
    {
        var values = actual.data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], values[k], tolerance);
    }
}
