using Fovea.Training.Runs;

namespace Fovea.Tests.Training.Runs;

public class LearningRateTests
{
    // Warm-up of 10 to the peak 2, then a half cosine over 100 steps down to 0.2: its quarter points by hand.
    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(4, 1.0)]
    [InlineData(9, 2.0)]
    [InlineData(10, 2.0)]
    [InlineData(35, 1.7363961030678927)]
    [InlineData(60, 1.1)]
    [InlineData(110, 0.2)]
    [InlineData(1000, 0.2)]
    public void At_KnownSteps_FollowsWarmUpAndCosine(long step, double expected) => Assert.Equal(expected, LearningRate.At(step, 110, 10, 2), 1e-12);

    [Fact]
    public void At_AfterWarmUp_NeverRises()
    {
        for (var step = 10; step < 110; step++) Assert.True(LearningRate.At(step + 1, 110, 10, 2) < LearningRate.At(step, 110, 10, 2));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 5, 5)]
    [InlineData(4, 5, 9)]
    public void At_ShortStages_IsPositiveAndAtMostThePeak(long step, int steps, int warmup) => Assert.InRange(LearningRate.At(step, steps, warmup, 2), 0.1, 2);
}
