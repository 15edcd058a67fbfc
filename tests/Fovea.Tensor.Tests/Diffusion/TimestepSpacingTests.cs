using CsCheck;
using Fovea.Core.Errors;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;

namespace Fovea.Tests.Diffusion;

public sealed class TimestepSpacingTests
{
    // The rows for T = 1000 and 10 steps of Lin et al. 2023, table 2, counted from 0.
    [Theory]
    [InlineData(TimestepSpacing.Trailing, new[] { 999, 899, 799, 699, 599, 499, 399, 299, 199, 99 })]
    [InlineData(TimestepSpacing.Leading, new[] { 900, 800, 700, 600, 500, 400, 300, 200, 100, 0 })]
    [InlineData(TimestepSpacing.Linspace, new[] { 999, 888, 777, 666, 555, 444, 333, 222, 111, 0 })]
    public void Choose_TenOfThousand_MatchesThePaper(TimestepSpacing spacing, int[] expected) =>
        Assert.Equal(expected, spacing.Choose(1000, 10));

    [Theory]
    [InlineData(TimestepSpacing.Trailing, 999)]
    [InlineData(TimestepSpacing.Linspace, 999)]
    [InlineData(TimestepSpacing.Leading, 0)]
    public void Choose_OneStep_IsTheEndOfTheSpacing(TimestepSpacing spacing, int expected) =>
        Assert.Equal([expected], spacing.Choose(1000, 1));

    [Fact]
    public void Choose_AnyCount_FallsStrictlyWithinRange()
    {
        var cases = from spacing in Gen.Enum<TimestepSpacing>()
                    from total in Gen.Int[2, 3000]
                    from steps in Gen.Int[1, total]
                    select (spacing, total, steps);
        cases.Sample(c =>
        {
            var timesteps = c.spacing.Choose(c.total, c.steps);
            Assert.Equal(c.steps, timesteps.Length);
            Assert.InRange(timesteps[^1], 0, c.total - 1);
            Assert.InRange(timesteps[0], 0, c.total - 1);
            for (var i = 1; i < timesteps.Length; i++) Assert.True(timesteps[i] < timesteps[i - 1]);
            if (c.spacing != TimestepSpacing.Leading) Assert.Equal(c.total - 1, timesteps[0]);
            if (c.spacing == TimestepSpacing.Leading || (c.spacing == TimestepSpacing.Linspace && c.steps > 1)) Assert.Equal(0, timesteps[^1]);
        }, iter: 500);
    }

    [Fact]
    public void Choose_AllSteps_IsEveryTimestep()
    {
        foreach (var spacing in Enum.GetValues<TimestepSpacing>())
            Assert.Equal(Enumerable.Range(0, 37).Reverse(), spacing.Choose(37, 37));
    }

    [Fact]
    public void Choose_StepsOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TimestepSpacing.Trailing.Choose(10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimestepSpacing.Trailing.Choose(10, 11));
    }

    [Fact]
    public void Grid_Levels_EndClean()
    {
        var grid = new TimestepGrid(Sampled.Linear1000, TimestepSpacing.Trailing, 4);
        Assert.Equal(4, grid.Steps);
        Assert.Equal(5, grid.Levels.Length);
        Assert.Equal(Sampled.Linear1000.LevelAt(999), grid.Levels[0]);
        Assert.Equal(NoiseLevel.Clean, grid.Levels[4]);
    }

    [Fact]
    public void Parse_MistypedName_SuggestsTheNearest()
    {
        Assert.Contains("did you mean 'trailing'?", Assert.Throws<InputException>(() => TimestepSpacings.Parse("trialing")).Message);
        foreach (var name in TimestepSpacings.Names) Assert.Equal(name, TimestepSpacings.Parse(name).ToName());
    }
}
