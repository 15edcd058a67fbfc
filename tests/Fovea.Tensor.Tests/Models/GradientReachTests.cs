using Fovea.Models;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Torch;
using Fovea.Torch.Autograd;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>Every parameter of the networks moves the loss, circuit weights above all.</summary>
[Collection(nameof(MemoryMeasurements))]
public class GradientReachTests
{
    // Rounding of float32 sums over a thousand positions; a dead entry's gradient stays below this share of the largest of its tensor.
    private const float Rounding = 1e-6f;

    [Theory]
    [InlineData("ese2-recon", InputEncoding.Y)]
    [InlineData("strongly-entangling", InputEncoding.Z)]
    [InlineData("basic-entangler", InputEncoding.X)]
    public void Backward_AutoencoderQuantumEverywhere_EveryParameterButDeadAnglesHasGradient(string ansatz, InputEncoding encoding)
    {
        var circuit = Networks.Quantum.Circuit with { Ansatz = ansatz, Encoding = encoding };
        using var model = Networks.Autoencoder(Networks.Quantum with { Circuit = circuit, Autoencoder = Networks.AllAutoencoderPlaces });
        Networks.Perturb(model);
        CollectionPause.Run(() =>
        {
            using var scope = NewDisposeScope();
            var posterior = model.Encode(Networks.Normal(1, 2, 3, 16, 16));
            var images = model.Decode(posterior.Sample(Networks.Normal(2, posterior.Mean.shape)));
            SpanAutograd.Backward(images.mul(Networks.Normal(3, images.shape)).sum().Plus(posterior.KullbackLeibler()));
            return 0;
        });
        Assert.Equal(6, ParameterReport.QuantumLayersOf(model).Count);
        AssertAllAlive(model, circuit);
    }

    [Theory]
    [InlineData("ese2-recon", false, 1)]
    [InlineData("ese2-recon", true, 2)]
    [InlineData("strongly-entangling", false, 2)]
    public void Backward_DenoiserQuantumEverywhere_EveryParameterButDeadAnglesHasGradient(string ansatz, bool reupload, int groups)
    {
        var circuit = Networks.Quantum.Circuit with { Ansatz = ansatz, Reupload = reupload, Layers = 3 };
        using var model = Networks.Denoiser(Networks.Quantum with { Circuit = circuit, Groups = groups, Denoiser = Networks.AllDenoiserPlaces });
        Networks.Perturb(model);
        CollectionPause.Run(() =>
        {
            using var scope = NewDisposeScope();
            var noisy = Networks.Normal(1, 4, Networks.LatentChannels, 4, 4);
            var prediction = model.call(noisy, tensor(new long[] { 3, 40, 300, 999 }), tensor(new long[] { 0, 1, 2, 3 }));
            SpanAutograd.Backward(prediction.mul(Networks.Normal(2, prediction.shape)).sum());
            return 0;
        });
        Assert.Equal(8, ParameterReport.QuantumLayersOf(model).Count);
        AssertAllAlive(model, circuit);
    }

    [Fact]
    public void Backward_TrainingStepOfTwoRandomBatches_CircuitGradientDiffersBetweenBatches()
    {
        using var model = Networks.Denoiser(Networks.Quantum);
        float[] Gradient(ulong stream)
        {
            model.zero_grad();
            using var scope = NewDisposeScope();
            SpanAutograd.Backward(model.call(Networks.Normal(stream, 2, Networks.LatentChannels, 4, 4), tensor(new long[] { 5, 500 }), null).square().mean());
            return Networks.Gradients(model)["middle.block.conv2.weights"];
        }

        Assert.NotEqual(Gradient(1), Gradient(2));
    }

    private static void AssertAllAlive(nn.Module model, QuantumLayerSpec circuit)
    {
        var gradients = Networks.Gradients(model);
        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.True(gradients.ContainsKey(name), $"{name} has no gradient");
            var gradient = gradients[name];
            Assert.All(gradient, g => Assert.True(float.IsFinite(g), $"{name} has the gradient {g}"));
            var largest = gradient.Max(Math.Abs);
            Assert.True(largest > 0, $"{name} has a gradient of zeros");
            var dead = Dead(name, (int)parameter.numel(), circuit);
            for (var i = 0; i < gradient.Length; i++)
            {
                // Only beside dead entries must a live one stand clear of rounding; elsewhere a small gradient is one, too.
                var isZero = Math.Abs(gradient[i]) <= (dead.Count > 0 ? Rounding * largest : 0);
                Assert.True(
                    isZero == dead.Contains(i),
                    $"{name}[{i}]: gradient {gradient[i]:R}, largest {largest:R}, expected {(dead.Contains(i) ? "zero" : "not zero")}");
            }
        }
    }

    // Two families that cannot matter: the closing RZ of the last layer's Rot (only CNOTs and Z measurements follow), and the
    // bias of the attention's keys (it adds the same number to all scores of a query).
    private static HashSet<int> Dead(string name, int count, QuantumLayerSpec circuit)
    {
        if (name.EndsWith("qkv.bias", StringComparison.Ordinal)) return [.. Enumerable.Range(count / 3, count / 3)];
        if (!name.EndsWith("conv2.weights", StringComparison.Ordinal) || circuit.Ansatz == "basic-entangler") return [];
        var lastLayer = 3 * circuit.Qubits * (circuit.Layers - 1);
        return [.. Enumerable.Range(0, circuit.Qubits).Select(wire => lastLayer + 3 * wire + 2)];
    }
}
