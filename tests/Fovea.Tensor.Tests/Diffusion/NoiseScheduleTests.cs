using CsCheck;
using Fovea.Core.Errors;
using Fovea.Diffusion.Schedules;

namespace Fovea.Tests.Diffusion;

public sealed class NoiseScheduleTests
{
    private static readonly Gen<NoiseScheduleOptions> Options =
        from kind in Gen.Enum<ScheduleKind>()
        from timesteps in Gen.Int[25, 2000]
        from zero in Gen.Bool
        select new NoiseScheduleOptions { Kind = kind, Timesteps = timesteps, ZeroTerminalSnr = zero };

    [Fact]
    public void Create_AnyOptions_FallsStrictlyAndPreservesVariance() => Options.Sample(options =>
    {
        var schedule = NoiseSchedule.Create(options);
        for (var t = 0; t < schedule.Timesteps; t++)
        {
            if (t > 0)
            {
                Assert.True(schedule.AlphaBar[t] < schedule.AlphaBar[t - 1]);
                Assert.True(schedule.LogSnr[t] < schedule.LogSnr[t - 1]);
            }

            // Two squared roots, each right to half a unit in the last place.
            Assert.Equal(1, schedule.Alpha[t] * schedule.Alpha[t] + schedule.Sigma[t] * schedule.Sigma[t], 1e-15);
            Assert.Equal(schedule.Snr[t], schedule.AlphaBar[t] / (1 - schedule.AlphaBar[t]));
        }
    }, iter: 60);

    [Fact]
    public void Create_LinearDefaults_HasTheBetasOfThePaper()
    {
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions());
        Assert.Equal(1000, schedule.Timesteps);
        Assert.Equal(1 - 1e-4, schedule.AlphaBar[0], 1e-15);
        for (var t = 1; t < 1000; t++)
        {
            // β is a difference of numbers near 1 divided by ᾱ: some rounding is amplified.
            Assert.Equal(1e-4 + (0.02 - 1e-4) * t / 999, 1 - schedule.AlphaBar[t] / schedule.AlphaBar[t - 1], 1e-13);
        }
    }

    [Fact]
    public void Create_ScaledLinear_HasLinearRootsOfBeta()
    {
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.ScaledLinear });
        var roots = Enumerable.Range(1, 999)
            .Select(t => Math.Sqrt(1 - schedule.AlphaBar[t] / schedule.AlphaBar[t - 1])).ToArray();
        var step = (Math.Sqrt(0.012) - Math.Sqrt(0.00085)) / 999;
        for (var i = 1; i < roots.Length; i++) Assert.Equal(step, roots[i] - roots[i - 1], 1e-12);
        Assert.Equal(Math.Sqrt(0.012), roots[^1], 1e-12);
    }

    [Fact]
    public void Create_Cosine_FollowsTheCosineUntilBetaIsCapped()
    {
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Cosine, Timesteps = 100 });
        double F(double t) => Math.Pow(Math.Cos((t / 100 + 0.008) / 1.008 * Math.PI / 2), 2);
        for (var t = 0; t < 99; t++) Assert.Equal(F(t + 1) / F(0), schedule.AlphaBar[t], 1e-13);
        Assert.Equal(schedule.AlphaBar[98] * 0.001, schedule.AlphaBar[99], 1e-15);
    }

    [Fact]
    public void Create_Rectified_IsTheStraightLineOfUnitVariance()
    {
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = ScheduleKind.Rectified, Timesteps = 10 });
        for (var t = 0; t < 10; t++)
        {
            Assert.Equal((t + 1) / 10.0, schedule.LevelAt(t).LineTime, 1e-14);
            Assert.Equal((9 - t) / (t + 1.0), schedule.Alpha[t] / schedule.Sigma[t], 1e-12);
        }

        Assert.True(schedule.HasZeroTerminalSnr);
        // Without β: ends of β that are wrong for others do not matter.
        Assert.Empty(new NoiseScheduleOptions { Kind = ScheduleKind.Rectified, Timesteps = 2 }.Problems());
    }

    [Theory]
    [InlineData(ScheduleKind.Linear)]
    [InlineData(ScheduleKind.ScaledLinear)]
    public void Create_FewerTimesteps_KeepsTheTotalNoise(ScheduleKind kind)
    {
        var fine = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = kind });
        var coarse = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = kind, Timesteps = 500 });
        // ln ᾱ = −Σβ − Σβ²/2 …: Σβ is kept, the squares double, and Σβ²/2 is below 0.07.
        Assert.Equal(Math.Log(fine.AlphaBar[^1]), Math.Log(coarse.AlphaBar[^1]), 0.15);
    }

    [Theory]
    [InlineData(ScheduleKind.Linear)]
    [InlineData(ScheduleKind.ScaledLinear)]
    [InlineData(ScheduleKind.Cosine)]
    public void Create_ZeroTerminalSnr_EndsAtZeroAndKeepsTheFirst(ScheduleKind kind)
    {
        var plain = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = kind });
        var rescaled = NoiseSchedule.Create(new NoiseScheduleOptions { Kind = kind, ZeroTerminalSnr = true });
        Assert.False(plain.HasZeroTerminalSnr);
        Assert.True(rescaled.HasZeroTerminalSnr);
        Assert.Equal(0, rescaled.AlphaBar[^1]);
        Assert.Equal(0, rescaled.Snr[^1]);
        Assert.Equal(1, rescaled.Sigma[^1]);
        Assert.Equal(double.NegativeInfinity, rescaled.LogSnr[^1]);
        Assert.Equal(plain.AlphaBar[0], rescaled.AlphaBar[0]);
        // The rescaling is affine in √ᾱ: equal increments stay in proportion.
        var (a, b, c) = (100, 400, 900);
        Assert.Equal(
            (plain.Alpha[a] - plain.Alpha[b]) / (plain.Alpha[b] - plain.Alpha[c]),
            (rescaled.Alpha[a] - rescaled.Alpha[b]) / (rescaled.Alpha[b] - rescaled.Alpha[c]), 1e-9);
    }

    [Fact]
    public void Create_BadOptions_NamesEachBrokenRuleInOneLine()
    {
        var error = Assert.Throws<InputException>(() => NoiseSchedule.Create(new NoiseScheduleOptions { BetaStart = 0.5, BetaEnd = 0.1 }));
        Assert.Contains("beta_start, beta_end", error.Message);
        error = Assert.Throws<InputException>(() => NoiseSchedule.Create(
            new NoiseScheduleOptions { Kind = ScheduleKind.Cosine, CosineOffset = -1, CosineMaximumBeta = double.NaN }));
        Assert.Contains("cosine_offset", error.Message);
        Assert.Contains("cosine_maximum_beta", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Throws<InputException>(() => NoiseSchedule.Create(new NoiseScheduleOptions { Timesteps = 1 }));
        // With T = 20 the default β at the end would be 1.
        Assert.Throws<InputException>(() => NoiseSchedule.Create(new NoiseScheduleOptions { Timesteps = 20 }));
    }

    [Fact]
    public void Create_SignalUnderflows_IsRefused()
    {
        var options = new NoiseScheduleOptions { Timesteps = 100_000, BetaStart = 1e-4, BetaEnd = 0.02 };
        Assert.Contains("does not fall", Assert.Throws<InputException>(() => NoiseSchedule.Create(options)).Message);
    }

    [Fact]
    public void FromAlphaBar_TableThatDoesNotFall_Throws()
    {
        Assert.Throws<ArgumentException>(() => NoiseSchedule.FromAlphaBar([0.9, 0.9]));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.FromAlphaBar([1.0, 0.5]));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.FromAlphaBar([0.9, -0.1]));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.FromAlphaBar([0.9, double.NaN]));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.FromAlphaBar([0.9]));
    }

    [Fact]
    public void Parse_MistypedName_SuggestsTheNearest()
    {
        Assert.Equal(ScheduleKind.ScaledLinear, ScheduleKinds.Parse("Scaled-Linear"));
        Assert.Contains("did you mean 'cosine'?", Assert.Throws<InputException>(() => ScheduleKinds.Parse("cosin")).Message);
        foreach (var name in ScheduleKinds.Names) Assert.Equal(name, ScheduleKinds.Parse(name).ToName());
    }
}
