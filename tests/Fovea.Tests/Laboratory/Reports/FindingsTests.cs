using Fovea.Laboratory.Reports;
using Fovea.Laboratory.Results;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class FindingsTests
{
    [Theory]
    [InlineData(
        GradientTrend.Barren,
        0.6931471805599453,
        "fall exponentially with qubits, a barren plateau in the making: rate 0.69 a qubit, 95 % interval 0.64 to 0.74, n = 2–12, "
            + "L = 3; the variance halves every 1.00 qubits.")]
    [InlineData(GradientTrend.Flat, 0.01, "stay flat over qubits: rate 0.010 a qubit, 95 % interval -0.040 to 0.060, n = 2–12, L = 3.")]
    [InlineData(
        GradientTrend.Falling,
        0.25,
        "fall with qubits, or may: rate 0.25 a qubit, 95 % interval 0.20 to 0.30, n = 2–12, L = 3, "
            + "neither flat nor barren by the interval.")]
    [InlineData(GradientTrend.Unknown, 0, "No trend of its gradients over qubits can be told at L = 3")]
    public void Trend_FollowsFromTheFit(GradientTrend trend, double rate, string words) =>
        Assert.Contains(words, Words([Cell()], [Samples.Decay("strongly-entangling", 3, rate, trend)]), StringComparison.Ordinal);

    [Fact]
    public void Trend_IsThatOfTheNearestFit()
    {
        var words = Words(
            [Cell()], [Samples.Decay("strongly-entangling", 6, 0.5, GradientTrend.Barren), Samples.Decay("hqconv", 3, 0.5, GradientTrend.Barren)]);
        Assert.Contains("L = 6; the variance halves", words, StringComparison.Ordinal);
        Assert.Contains("There is no fit of its gradients", Words([Cell()], []), StringComparison.Ordinal);
    }

    [Fact]
    public void DeadParameters_AreCounted()
    {
        Assert.Contains("At n = 8, L = 3: 8 of 72 parameters are dead (11 %), as no output depends on them.", Words([Cell()], []), StringComparison.Ordinal);
        Assert.Contains(
            "outputs depend on every one of 72 parameters.", Words([With(Cell(), s => s with { DeadParameters = [] })], []), StringComparison.Ordinal);
        Assert.Contains(
            "1 of 72 parameters is dead (1.4 %), as no output depends on it.",
            Words([With(Cell(), s => s with { DeadParameters = [new(5, "RZ(w5) 3", "why")] })], []),
            StringComparison.Ordinal);
        Assert.Contains(
            "over all its sizes between 11 % and 33 % are dead", Words([Cell(), Samples.Analysis("strongly-entangling", 8, 1)], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_AreNamedWhereWiresFallApart()
    {
        var split = With(Cell(), s => s with { Blocks = [[0, 4], [1, 5], [2, 6], [3, 7]] });
        Assert.Contains(
            "Its wires fall into 4 independent blocks (0, 4 | 1, 5 | 2, 6 | 3, 7) that no gate joins.", Words([split], []), StringComparison.Ordinal);
        Assert.Contains(
            "that no gate joins; they fall into independent blocks at 1 of its 2 sizes.",
            Words([split, Samples.Analysis("strongly-entangling", 7, 3)], []),
            StringComparison.Ordinal);
        Assert.DoesNotContain("block", Words([Cell()], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_IsSaidWhereItIs()
    {
        var idle = With(Cell(), s => s with { IsIdentityWithoutEncoding = true });
        Assert.Contains("Without an encoding it leaves |0…0⟩ as it is for all parameters.", Words([idle], []), StringComparison.Ordinal);
        Assert.Contains("for all parameters, at 1 of its 2 sizes.", Words([idle, Samples.Analysis("strongly-entangling", 7, 3)], []), StringComparison.Ordinal);
        Assert.DoesNotContain("Without an encoding", Words([Cell()], []), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, 0.02, "Q = 0.95 ± 0.02, as much as Haar-random states have (0.988)")]
    [InlineData(0.494, 0.01, "Q = 0.494 ± 0.010, 50 % of the 0.988 of Haar-random states")]
    [InlineData(0, 0, "Q = 0, none of the 0.988 of Haar-random states")]
    public void Entanglement_IsHeldAgainstHaar(double value, double error, string words)
    {
        var cell = Cell();
        cell = cell with { Entanglement = cell.Entanglement with { MeyerWallachEncoded = new(value, error, 512) } };
        Assert.Contains(words, Words([cell], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_SaysWhatTheDeviceMadeItPay()
    {
        var words = Words([Cell()], []);
        Assert.Contains("Under depolarizing noise its relative error is 0.343 ± 0.005 and its fidelity 0.549 ± 0.009.", words, StringComparison.Ordinal);
        Assert.Contains("with 75 native two-qubit gates, those of 17 SWAPs that it had to pay included.", words, StringComparison.Ordinal);
        Assert.Contains("with 24 native two-qubit gates and no SWAP to pay.", words, StringComparison.Ordinal);
        var refused = Cell() with { Resilience = [new() { Noise = "heavy-hex", Refusal = "too wide." }] };
        Assert.Contains("It can't run under heavy-hex: too wide.", Words([refused], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Size_IsTheNearestThatTheAnsatzHas()
    {
        var view = View([Cell(), Samples.Analysis("basic-entangler", 8, 3), Samples.Analysis("hqconv", 4, 2)], []);
        Assert.StartsWith("At n = 4, L = 2 (it has no n = 8, L = 3): ", AnsatzFindings.Collect(view, view.Ansaetze[2])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Overall_NamesTheFrontAndTheTrends()
    {
        var comparison = Samples.Comparison(["strongly-entangling", "basic-entangler", "half-range"], [4, 6, 8], [3]);
        var view = new ComparisonView(comparison);
        var sentences = AnsatzFindings.Overall(view, TradeOff.Find(view));
        Assert.Contains("At n = 8, L = 3, no other ansatz has both a smaller error under device noise and larger gradients than basic-entangler.", sentences);
        Assert.Contains(sentences, sentence => sentence.EndsWith("a barren plateau in the making, L = 3: strongly-entangling.", StringComparison.Ordinal));
        Assert.Contains(
            sentences, sentence => sentence.EndsWith("L = 3: basic-entangler and half-range (candidate reconstruction).", StringComparison.Ordinal));
    }

    private static AnsatzAnalysis Cell() => Samples.Analysis("strongly-entangling", 8, 3);

    private static AnsatzAnalysis With(AnsatzAnalysis cell, Func<CircuitStructure, CircuitStructure> change) =>
        cell with { Structure = change(cell.Structure) };

    private static ComparisonView View(AnsatzAnalysis[] cells, GradientDecay[] decays) => new(new(cells, decays, "Y", false, 42, 1));

    private static string Words(AnsatzAnalysis[] cells, GradientDecay[] decays)
    {
        var view = View(cells, decays);
        return string.Join(' ', AnsatzFindings.Collect(view, view.Ansaetze[0]));
    }
}
