using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory.Gradients;

public sealed class DecayFitTests
{
    [Fact]
    public void Fit_ExactExponential_FindsItsRate()
    {
        var fit = DecayFit.Fit(Analyses(n => 3 * Math.Exp(-0.7 * n), 2, 4, 6, 9));
        Assert.Equal(0.7, fit.Rate!.Value, 1e-9);
        Assert.Equal(Math.Log(3), fit.Intercept!.Value, 1e-9);
        Assert.InRange(0.7, fit.Low!.Value, fit.High!.Value);
        Assert.Equal([2, 4, 6, 9], fit.Qubits);
        Assert.Equal(GradientTrend.Barren, fit.Trend);
    }

    [Fact]
    public void Fit_NoisyPoints_IntervalCoversTheRateAsOftenAsItSays()
    {
        var random = new Fovea.Core.Random.CounterRandom(11, 0);
        var covered = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            var fit = DecayFit.Fit(Analyses(n => Math.Exp((-0.3 * n) + (0.1 * random.NextNormal())), 2, 3, 4, 5, 6, 7, 8));
            covered += fit.Low <= 0.3 && 0.3 <= fit.High ? 1 : 0;
        }

        // 95 % of 400, five standard deviations of the count; wider than that on the upper side, as the scatter only ever widens the interval.
        Assert.InRange(covered, 358, 400);
    }

    [Theory]
    [InlineData(0.4, 0.6, GradientTrend.Barren)]
    [InlineData(0.1, 0.6, GradientTrend.Falling)]
    [InlineData(-0.1, 0.1, GradientTrend.Flat)]
    [InlineData(-0.3, 0.2, GradientTrend.Falling)]
    internal void Trend_Interval_IsRead(double low, double high, GradientTrend expected) => Assert.Equal(expected, DecayFit.Trend(low, high));

    [Fact]
    public void Fit_TooFewSizesOrNoGradients_SaysNothing()
    {
        var few = DecayFit.Fit(Analyses(_ => 0.1, 4, 8));
        Assert.Equal(GradientTrend.Unknown, few.Trend);
        // No number that could be taken for a flat trend's.
        Assert.Equal([null, null, null, null], [few.Rate, few.Low, few.High, few.Intercept]);
        Assert.Equal(GradientTrend.Unknown, DecayFit.Fit(Analyses(_ => 0, 4, 6, 8)).Trend);
    }

    private static AnsatzAnalysis[] Analyses(Func<int, double> variance, params int[] qubits) =>
        [.. qubits.Select(n => Analysis(n, new(variance(n), 0.1 * variance(n), 200)))];

    private static AnsatzAnalysis Analysis(int qubits, Estimate variance) => new()
    {
        Subject = new(AnsatzRegistry.Get("sel"), qubits, 3),
        Seed = 0,
        Cost = new() { Parameters = 1, LiveParameters = 1, OneQubitGates = 1, TwoQubitGates = 1, Depth = 1 },
        Structure = new() { DeadParameters = [], Blocks = [], ConeWires = [], Reach = [], IsIdentityWithoutEncoding = false },
        Gradients = new() { AllPairs = variance, LivePairs = variance, ByOutput = [], ByParameter = [], Pairs = [] },
        Entanglement = new()
        {
            MeyerWallach = default,
            MeyerWallachEncoded = default,
            MeyerWallachHaar = 0,
            HalfCutEntropy = default,
            HalfCutEntropyEncoded = default,
            HalfCutEntropyHaar = 0,
        },
        Resilience = [],
    };
}
