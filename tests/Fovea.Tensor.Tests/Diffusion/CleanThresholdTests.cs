using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using static TorchSharp.torch;

namespace Fovea.Tests.Diffusion;

public sealed class CleanThresholdTests
{
    [Fact]
    public void Apply_Limit_Clamps()
    {
        using var scope = NewDisposeScope();
        var result = CleanThreshold.Apply(tensor(new[] { -3.0, -0.5, 0.5, 3.0 }, [1, 4]), new SamplerOptions { CleanLimit = 1.5 });
        Assert.Equal([-1.5, -0.5, 0.5, 1.5], Sampled.Doubles(result));
    }

    [Fact]
    public void Apply_Dynamic_ScalesOnlyImagesThatExceedOne()
    {
        using var scope = NewDisposeScope();
        var images = tensor(new[] { -4.0, 1.0, 2.0, 3.0, 0.0, -0.5, 0.25, 0.75, 0.5, 0.1 }, [2, 1, 1, 5]);
        var result = Sampled.Doubles(CleanThreshold.Apply(images, new SamplerOptions { DynamicThreshold = 0.75 }));
        // First image: |x| sorted 0 1 2 3 4, so the 0.75 quantile is 3; second: at most 0.75, so s = 1 and nothing changes.
        double[] expected = [-1, 1.0 / 3, 2.0 / 3, 1, 0, -0.5, 0.25, 0.75, 0.5, 0.1];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], result[i], 1e-15);
    }

    [Theory]
    [InlineData("ddpm")]
    [InlineData("ddim")]
    [InlineData("dpm-solver++")]
    public void Sample_WithLimit_EndsWithinIt(string name)
    {
        using var scope = NewDisposeScope();
        // A denoiser that always says x0 = 3.
        var denoiser = new ClosedFormDenoiser(Sampled.Linear1000, PredictionKind.Velocity, (x, _) => full_like(x, 3));
        double[] Run(double? limit) => Sampled.Values(
            SamplerRegistry.Create(name, Sampled.Linear1000), denoiser, [0.1, -0.2], new SamplerOptions { Steps = 10, CleanLimit = limit });
        // The last step returns x0 itself, up to rounding.
        Assert.All(Run(1), value => Assert.Equal(1, value, 1e-12));
        Assert.All(Run(null), value => Assert.Equal(3, value, 1e-12));
    }
}
