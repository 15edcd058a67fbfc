using Fovea.Torch.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Torch.Modules;

public class LayersTests
{
    // Many layers: uninitialised memory happens to hold ones or zeros now and then, never in all of them.
    [Fact]
    public void GroupNorm_NewLayer_HasUnitWeightAndZeroBias()
    {
        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            rand(48).fill_(7.5).Dispose();
            using var layer = Layers.GroupNorm(4, 48);
            Assert.All(layer.weight!.data<float>().ToArray(), value => Assert.Equal(1f, value));
            Assert.All(layer.bias!.data<float>().ToArray(), value => Assert.Equal(0f, value));
            Assert.True(layer.weight!.requires_grad && layer.bias!.requires_grad);
        }
    }

    [Fact]
    public void GroupNorm_RandomInput_NormalisesEachGroup()
    {
        using var scope = NewDisposeScope();
        using var layer = Layers.GroupNorm(3, 12);
        var groups = layer.call(randn(2, 12, 5, 7).mul(3).add(2)).reshape(6, -1);
        // 140 float32 values per group: rounding of mean and variance stays below 1e-4; epsilon 1e-5 of a variance near 9 is smaller.
        Assert.All(groups.mean([1L]).data<float>().ToArray(), mean => Assert.Equal(0, mean, 1e-4));
        Assert.All(groups.var(1, unbiased: false).data<float>().ToArray(), variance => Assert.Equal(1, variance, 1e-4));
    }

    [Theory]
    [InlineData(5, 12)]
    [InlineData(0, 12)]
    [InlineData(4, 0)]
    [InlineData(-4, 12)]
    public void GroupNorm_GroupsThatDoNotFit_Throws(long groups, long channels) =>
        Assert.ThrowsAny<ArgumentException>(() => Layers.GroupNorm(groups, channels));
}
