using Fovea.Core.Random;
using Fovea.Laboratory.Diagnostics;

namespace Fovea.Tests.Laboratory.Resilience;

public sealed class ResilienceTallyTests
{
    [Fact]
    public void RelativeError_ScatteredTrajectories_IsThatOfTheirLimit()
    {
        // An output of size 1 that noise moves by 0.1, seen through trajectories that scatter by 0.5: with their spread in the square, four of
        // them would show √(0.01 + 0.25/4) = 0.27.
        var (random, tally) = (new CounterRandom(2, 0), new ResilienceTally());
        for (var draw = 0; draw < 20_000; draw++)
            tally.Add([1], [.. Enumerable.Range(0, 4).Select(_ => new[] { 0.1 + (0.5 * random.NextNormal()) })], fidelity: 0.9);
        var estimate = tally.RelativeError;
        Assert.Equal(0.1, estimate.Value, 5 * estimate.StandardError);
        Assert.InRange(estimate.StandardError, 0, 0.01);
        Assert.Equal(0.9, tally.Fidelity.Value, 1e-12);
    }

    [Fact]
    public void RelativeError_OfOutputsThatAreNothing_IsWithoutBound()
    {
        var tally = new ResilienceTally();
        for (var draw = 0; draw < 2; draw++)
            tally.Add([0, 0], [[0.1, 0], [0.1, 0]], fidelity: 1);
        Assert.Equal(double.PositiveInfinity, tally.RelativeError.Value);
    }

    [Fact]
    public void RelativeError_NoErrorSeen_IsNotKnownExactly()
    {
        var tally = new ResilienceTally();
        for (var draw = 0; draw < 16; draw++)
            tally.Add([0.5, -0.5], [[0, 0], [0, 0]], fidelity: 1);
        Assert.Equal(0, tally.RelativeError.Value);
        Assert.Equal(0.25, tally.RelativeError.StandardError, 1e-12);
    }
}
