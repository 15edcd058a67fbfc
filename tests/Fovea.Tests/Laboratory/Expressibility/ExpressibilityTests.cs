using Fovea.Core.Random;
using Fovea.Laboratory.Circuits;
using Fovea.Laboratory.Expressibility;
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
        // F = 1 − u^(1/(N−1)) has the Haar density. Bins that hold next to nothing make the floor lower than (bins − 1)/(2·pairs).
        var random = new CounterRandom(5, 0);
        var histogram = new FidelityHistogram(75, 2);
        for (var k = 0; k < 20_000; k++)
            histogram.Add(1 - Math.Pow(random.NextDouble(), 1.0 / 3));
        Assert.InRange(histogram.Divergence().Value, 0, 1.6 * 74 / (2 * 20_000.0));
    }

    [Fact]
    public void Of_DeepCircuit_IsNearTheFloor_ShallowIsNot()
    {
        var deep = ExpressibilityStudy.Of(Sel(4, 6), 1, 4000, TestContext.Current.CancellationToken)!;
        var shallow = ExpressibilityStudy.Of(new AnsatzSubject(AnsatzRegistry.Get("basic-entangler"), 4, 1), 1, 4000, TestContext.Current.CancellationToken)!;
        Assert.InRange(deep.Divergence.Value, 0, 2 * deep.Floor);
        Assert.True(shallow.Divergence.Value > 10 * shallow.Floor);
    }

    [Fact]
    public void Of_IdentityWithoutEncoding_IsAsFarAsCanBe()
    {
        var figures = ExpressibilityStudy.Of(new AnsatzSubject(AnsatzRegistry.Get("fqconv"), 3, 2), 1, 800, TestContext.Current.CancellationToken)!;
        Assert.Equal(7 * Math.Log(75), figures.Divergence.Value, 1e-9);
        Assert.InRange(figures.DivergenceEncoded.Value, 0, 1);
    }

    [Fact]
    public void Of_ManyQubits_SaysNothing() => Assert.Null(ExpressibilityStudy.Of(Sel(7, 1), 1, 8, TestContext.Current.CancellationToken));

    private static AnsatzSubject Sel(int qubits, int layers) => new(AnsatzRegistry.Get("sel"), qubits, layers);
}
