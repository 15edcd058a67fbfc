using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Diffusion.Losses;

namespace Fovea.Tests.Diffusion;

public sealed class TimestepDensityTests
{
    private const int Draws = 20_000;

    // The logit of (t + ½)/T is standard normal: 5 standard errors of a mean and a variance of so many draws, 0.036 and 0.05, and what half a step of 1,000
    // adds.
    [Fact]
    public void Draw_LogitNormal_HasItsMeanAndVariance()
    {
        var random = new CounterRandom(3, 4);
        var timesteps = Enumerable.Range(0, Draws).Select(_ => TimestepDensity.LogitNormal.Draw(random, 1000)).ToArray();
        Assert.All(timesteps, t => Assert.InRange(t, 0, 999));
        var logits = timesteps.Select(t => Math.Log((t + 0.5) / (1000 - t - 0.5))).ToArray();
        Assert.Equal(0, logits.Average(), 0.04);
        Assert.Equal(1, logits.Average(x => x * x), 0.06);
    }

    [Fact]
    public void Draw_Uniform_IsAPlainDraw()
    {
        var (one, other) = (new CounterRandom(3, 4), new CounterRandom(3, 4));
        for (var i = 0; i < 100; i++) Assert.Equal(other.NextInt(1000), TimestepDensity.Uniform.Draw(one, 1000));
    }

    [Fact]
    public void Draw_FewTimesteps_ReachesBothEnds()
    {
        var random = new CounterRandom(1, 2);
        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 2000).Select(_ => TimestepDensity.LogitNormal.Draw(random, 4)).Distinct().Order());
    }

    [Fact]
    public void Parse_EachName_ComesBackAndOthersAreRefused()
    {
        foreach (var name in TimestepDensities.Names) Assert.Equal(name, TimestepDensities.Parse(name).ToName());
        Assert.Contains(
            "did you mean 'logit-normal'?", Assert.Throws<InputException>(() => TimestepDensities.Parse("logit_normal")).Message, StringComparison.Ordinal);
    }
}
