using Fovea.Core.Errors;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Statistics;

public sealed class PairedPowerTests
{
    // Exact numbers by the noncentral t distribution, from tables of paired t-tests at 5 %: d_z = 0.2, 0.5, 0.8, 1 and 2 need 199, 34, 15, 10 and 5 pairs at a
    // power of 0.8;
    // d_z = 0.5 needs 44 at 0.9.
    [Theory]
    [InlineData(0.2, 0.8, 199)]
    [InlineData(0.5, 0.8, 34)]
    [InlineData(0.8, 0.8, 15)]
    [InlineData(1, 0.8, 10)]
    [InlineData(2, 0.8, 5)]
    [InlineData(0.5, 0.9, 44)]
    public void PairsNeeded_KnownEffects_IsWithinOnePairOfTheExactNumber(double effect, double power, int exact) =>
        Assert.InRange(PairedPower.PairsNeeded(1, effect, power), exact - 1, exact + 1);

    [Fact]
    public void PairsNeeded_Scale_DoesNotMatter() => Assert.Equal(PairedPower.PairsNeeded(1, 0.5), PairedPower.PairsNeeded(0.004, 0.002));

    [Fact]
    public void PairsNeeded_NoScatter_IsTwo() => Assert.Equal(2, PairedPower.PairsNeeded(0, 1));

    [Theory]
    [InlineData(-1, 1, 0.8)]
    [InlineData(double.NaN, 1, 0.8)]
    [InlineData(1, 0, 0.8)]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 1, 1)]
    public void PairsNeeded_OutOfRange_IsRefused(double deviation, double difference, double power) =>
        Assert.Throws<InputException>(() => PairedPower.PairsNeeded(deviation, difference, power));
}
