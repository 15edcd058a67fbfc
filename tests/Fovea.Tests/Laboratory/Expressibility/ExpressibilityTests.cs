using Fovea.Core.Random;
using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory.Expressibility;

public sealed class ExpressibilityTests
{
    [Fact]
    public void Divergence_OneFidelityOnly_IsThatOfTheLastBin()
    {
        // Identical states: everything in the last bin, whose Haar probability is 75^−(N−1).
        var histogram = new FidelityHistogram(75, 3);
        for (var k = 0; k < 100; k++)
            histogram.Add(1);
        Assert.Equal(7 * Math.Log(75), histogram.Divergence().Value, 1e-9);
        Assert.Equal(0, histogram.Divergence().StandardError);
    }

    [Fact]
    public void Divergence_HaarFidelities_IsTheFloor()
    {
        // F = 1 − u^(1/(N−1)) has the Haar density.
        for (var wires = 1; wires <= ExpressibilityStudy.MaxQubits; wires++)
        {
            var (sum, repeats) = (0.0, 200);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var random = new CounterRandom(5, (ulong)repeat);
                var histogram = new FidelityHistogram(75, wires);
                for (var k = 0; k < 500; k++)
                    histogram.Add(1 - Math.Pow(random.NextDouble(), 1.0 / ((1 << wires) - 1)));
                sum += histogram.Divergence().Value;
            }

            var floor = new FidelityHistogram(75, wires).ExpectedDivergence(500);
            Assert.InRange(sum / repeats, 0.95 * floor, 1.05 * floor);
        }
    }

    /// <summary>
    /// Means of 5,000 pairs and 75 bins that an independent program drew, good to about two per cent; (bins − 1)/(2·pairs) is 0.0074 for all.
    /// </summary>
    [Theory]
    [InlineData(2, 0.00736)]
    [InlineData(3, 0.00574)]
    [InlineData(4, 0.00365)]
    [InlineData(5, 0.00212)]
    [InlineData(6, 0.00116)]
    public void ExpectedDivergence_FiveThousandPairs_IsThatOfTheMultinomial(int wires, double expected) =>
        Assert.Equal(expected, new FidelityHistogram(75, wires).ExpectedDivergence(5000), 2e-5);

    [Fact]
    public void ExpectedDivergence_OneBin_IsZero() => Assert.Equal(0, new FidelityHistogram(1, 3).ExpectedDivergence(100), 1e-12);

    [Fact]
    public void Measure_DeepCircuit_IsNearTheFloor_ShallowIsNot()
    {
        var deep = ExpressibilityStudy.Measure(Sel(4, 6), 1, 4000, TestContext.Current.CancellationToken)!;
        var shallow = ExpressibilityStudy.Measure(
            new AnsatzSubject(AnsatzRegistry.Get("basic-entangler"), 4, 1), 1, 4000, TestContext.Current.CancellationToken)!;
        Assert.InRange(deep.Divergence.Value, 0.5 * deep.Floor, 2 * deep.Floor);
        Assert.True(shallow.Divergence.Value > 10 * shallow.Floor);
    }

    [Fact]
    public void Measure_IdentityWithoutEncoding_IsAsFarAsCanBe()
    {
        var figures = ExpressibilityStudy.Measure(new AnsatzSubject(AnsatzRegistry.Get("fqconv"), 3, 2), 1, 800, TestContext.Current.CancellationToken)!;
        Assert.Equal(7 * Math.Log(75), figures.Divergence.Value, 1e-9);
        Assert.InRange(figures.DivergenceEncoded.Value, 0, 1);
    }

    [Fact]
    public void Measure_ManyQubits_SaysNothing() => Assert.Null(ExpressibilityStudy.Measure(Sel(7, 1), 1, 8, TestContext.Current.CancellationToken));

    private static AnsatzSubject Sel(int qubits, int layers) => new(AnsatzRegistry.Get("sel"), qubits, layers);
}
