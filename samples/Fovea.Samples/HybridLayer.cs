using Fovea.Models.Circuits;
using Fovea.Quantum.Circuits;
using Fovea.Torch.Autograd;
using static TorchSharp.torch;

namespace Fovea.Samples;

/// <summary>A circuit between two linear layers learns which points have coordinates of one sign, which no linear layer can.</summary>
internal static class HybridLayer
{
    public static void Run()
    {
        random.manual_seed(1);
        // The inputs enter twice, with weights and an entangling gate between: more frequencies than one encoding has.
        var gates = new CircuitBuilder(2)
            .RY(Angle.Input(0), 0).RY(Angle.Input(1), 1)
            .CNOT(0, 1).RX(Angle.Weight(0), 0).RY(Angle.Weight(1), 1)
            .RY(Angle.Input(0), 0).RY(Angle.Input(1), 1)
            .CNOT(1, 0).RX(Angle.Weight(2), 0).RY(Angle.Weight(3), 1)
            .Build();
        var circuit = new CircuitLayer(gates, [Observable.Z(0), Observable.Z(1), Observable.Pauli("Z0*Z1")], seed: 1);
        using var network = nn.Sequential(nn.Linear(2, 2), circuit, nn.Linear(3, 1));

        var points = rand(128, 2) * 2 - 1;
        var targets = points.prod(1, keepdim: true).sign();
        var optimizer = optim.Adam(network.parameters(), 0.05);
        for (var step = 0; step <= 100; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var output = network.call(points);
            var loss = nn.functional.mse_loss(output, targets);
            SpanAutograd.Backward(loss);
            optimizer.step();
            if (step % 50 != 0) continue;
            var right = output.sign().eq(targets).to(ScalarType.Float32).mean().item<float>();
            Console.WriteLine($"step {step}: loss {loss.item<float>():F3}, right {right:P0}");
        }
    }
}
