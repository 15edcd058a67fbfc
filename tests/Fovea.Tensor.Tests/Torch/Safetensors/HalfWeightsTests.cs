using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Safetensors;

public sealed class HalfWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SaveAsHalf_LoadInto_RoundsToElevenBits()
    {
        using var scope = NewDisposeScope();
        using var first = nn.Linear(3, 2);
        using var second = nn.Linear(3, 2);
        ModuleWeights.Save(first, _folder.File("m"), asHalf: true);
        Assert.All(SafetensorsFile.LoadHeader(_folder.File("m")).Entries, entry => Assert.Equal(ScalarType.Float16, entry.Type));
        Assert.Equal(ScalarType.Float32, first.weight.dtype);
        ModuleWeights.LoadInto(second, _folder.File("m"), acceptHalf: true);
        var (exact, read) = (TensorSpans.ToArray<float>(first.weight), TensorSpans.ToArray<float>(second.weight));
        Assert.Equal(exact.Select(value => (float)(Half)value), read);
        // What was read is a half: written again, it gives the same bytes.
        ModuleWeights.Save(second, _folder.File("n"), asHalf: true);
        Assert.Equal(File.ReadAllBytes(_folder.File("m")), File.ReadAllBytes(_folder.File("n")));
    }

    [Fact]
    public void LoadInto_HalvesUnasked_AreRefused()
    {
        using var layer = nn.Linear(3, 2);
        ModuleWeights.Save(layer, _folder.File("m"), asHalf: true);
        Assert.Contains(
            "holds Float16", Assert.Throws<InputException>(() => ModuleWeights.LoadInto(layer, _folder.File("m"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int32)]
    public void LoadInto_OtherTypes_AreRefusedStill(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(3, 2);
        var tensors = ModuleWeights.Collect(layer).ToDictionary(p => p.Key, p => p.Value.detach().to(type));
        SafetensorsFile.Save(_folder.File("m"), tensors);
        Assert.Contains(
            $"holds {type}", Assert.Throws<InputException>(() => ModuleWeights.LoadInto(layer, _folder.File("m"), acceptHalf: true))
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SaveAsHalf_ValueBeyondHalf_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(3, 2);
        using (no_grad()) layer.weight.fill_(1e6f);
        Assert.Contains(
            "'weight'", Assert.Throws<InvalidOperationException>(() => ModuleWeights.Save(layer, _folder.File("m"), asHalf: true))
                .Message, StringComparison.Ordinal);
    }
}
