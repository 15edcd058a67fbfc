using Fovea.Models;
using Fovea.Models.Autoencoders;
using Fovea.Tests.Torch;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Models;

/// <summary>A model and its classical twin differ in the second convolution of the named blocks and in nothing else.</summary>
[Collection(nameof(MemoryMeasurements))]
public class TwinTests
{
    private static readonly string[] QuantumParts = ["expand.bias", "expand.weight", "project.bias", "project.weight", "scale", "weights"];
    private static readonly string[] ClassicalParts = ["bias", "weight"];

    [Fact]
    public void Autoencoder_Twins_DifferInNamedPlacesOnlyAndStartAlike()
    {
        using var quantum = Networks.Autoencoder(Networks.Quantum, seed: 6);
        using var classical = Networks.Autoencoder(Networks.Classical, seed: 6);
        AssertTwins(quantum, classical, ["encoder.middle.conv2", "decoder.middle.conv2"]);
    }

    [Fact]
    public void Autoencoder_OneLevelNamed_DiffersThereOnly()
    {
        var options = Networks.Quantum with { Autoencoder = ["decoder.level2"] };
        using var quantum = Networks.Autoencoder(options, seed: 6);
        using var classical = Networks.Autoencoder(options with { Enabled = false }, seed: 6);
        AssertTwins(quantum, classical, ["decoder.levels.0.block.conv2"]);
    }

    [Fact]
    public void Denoiser_Twins_DifferInNamedPlacesOnlyAndStartAlike()
    {
        using var quantum = Networks.Denoiser(Networks.Quantum, seed: 6);
        using var classical = Networks.Denoiser(Networks.Classical, seed: 6);
        AssertTwins(quantum, classical, ["middle.block.conv2", "middle.block2.conv2"]);
    }

    [Fact]
    public void Denoiser_AnotherSeed_StartsOtherwise()
    {
        using var one = Networks.Denoiser(Networks.Quantum, seed: 6);
        using var other = Networks.Denoiser(Networks.Quantum, seed: 7);
        Assert.NotEqual(Values(one)["middle.block.conv2.weights"], Values(other)["middle.block.conv2.weights"]);
        Assert.NotEqual(Values(one)["input.weight"], Values(other)["input.weight"]);
    }

    // 3×3 convolution a → b: 9ab + b. GroupNorm of c: 2c. Block 8 → 8: 16 + 584 + 16 + 584 = 1200.
    // Encoder: 872 + 1200 + 584 + 1200 + 1200 + 16 + 292 = 5364, shortcut 48 → 4: 196.
    // Decoder: 152 + 1200 + 1200 + 584 + 1200 + 16 + 876 = 5228, shortcut 2 → 48: 144.
    // Quantum convolution: 36 (project) + 4 (scale) + 24 (weights) + 40 (expand) = 104 in place of 584, twice.
    [Fact]
    public void ParameterReport_Autoencoder_EqualsHandCount()
    {
        using var classical = Networks.Autoencoder(Networks.Classical);
        using var quantum = Networks.Autoencoder(Networks.Quantum);
        Assert.Equal(new ParameterReport(5560 + 5372, 0, 0, 0), ParameterReport.Count(classical));
        Assert.Equal(new ParameterReport(5560 + 5372 - 2 * 480, 2 * 24, 2, 2 * 24), ParameterReport.Count(quantum));
    }

    // Embedding 32: time 288 + 1056, classes 4 · 32. Block 8 → 8: 1200 + 528 (modulation) = 1728; block 16 → 8: 2456.
    // Attention: 16 + 216 + 72 = 304. Input 152. Down 1728 + 584 + 1728 + 304 = 4344. Middle 1728 + 304 + 1728 = 3760.
    // Up 2456 + 304 + 2456 + 304 + 584 + 2456 + 2456 = 11016. Output 16 + 146.
    [Fact]
    public void ParameterReport_Denoiser_EqualsHandCount()
    {
        const int Total = 1344 + 128 + 152 + 4344 + 3760 + 11016 + 162;
        using var classical = Networks.Denoiser(Networks.Classical);
        using var quantum = Networks.Denoiser(Networks.Quantum);
        Assert.Equal(new ParameterReport(Total, 0, 0, 0), ParameterReport.Count(classical));
        Assert.Equal(new ParameterReport(Total - 2 * 480, 2 * 24, 2, 2 * 24), ParameterReport.Count(quantum));
    }

    [Fact]
    public void Collect_EveryNetwork_NamesEachTensorOnce()
    {
        using var autoencoder = Networks.Autoencoder(Networks.Quantum);
        using var denoiser = Networks.Denoiser(Networks.Quantum);
        using var discriminator = new PatchDiscriminator(8);
        foreach (var network in new nn.Module[] { autoencoder, denoiser, discriminator })
        {
            var tensors = network.named_parameters().Select(p => p.name).Concat(network.named_buffers().Select(b => b.name)).Order(StringComparer.Ordinal);
            Assert.Equal(tensors, ModuleWeights.Collect(network).Keys.Order(StringComparer.Ordinal));
            Assert.DoesNotContain(tensors, name => name.StartsWith('_') || name.Contains("._", StringComparison.Ordinal));
        }
    }

    private static void AssertTwins(nn.Module quantum, nn.Module classical, string[] replaced)
    {
        var (one, other) = (Shapes(quantum), Shapes(classical));
        Assert.Equal(Names(replaced, QuantumParts), one.Keys.Except(other.Keys).Order(StringComparer.Ordinal));
        Assert.Equal(Names(replaced, ClassicalParts), other.Keys.Except(one.Keys).Order(StringComparer.Ordinal));
        var (values, otherValues) = (Values(quantum), Values(classical));
        foreach (var name in one.Keys.Intersect(other.Keys))
        {
            Assert.Equal(one[name], other[name]);
            Assert.Equal(values[name], otherValues[name]);
        }
    }

    private static IEnumerable<string> Names(string[] places, string[] parts) =>
        places.SelectMany(place => parts.Select(part => $"{place}.{part}")).Order(StringComparer.Ordinal);

    private static Dictionary<string, long[]> Shapes(nn.Module module) => ModuleWeights.Collect(module).ToDictionary(t => t.Key, t => t.Value.shape);

    private static Dictionary<string, float[]> Values(nn.Module module) =>
        ModuleWeights.Collect(module).ToDictionary(t => t.Key, t => TensorSpans.ToArray<float>(t.Value));
}
