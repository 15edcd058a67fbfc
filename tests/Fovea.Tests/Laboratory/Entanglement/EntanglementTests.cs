using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Tests.Laboratory.Entanglement;

public sealed class EntanglementTests
{
    private const double Rounding = 1e-12;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Ghz_HasQOneAndOneBit(int wires)
    {
        var builder = new CircuitBuilder(wires).H(0);
        for (var wire = 1; wire < wires; wire++)
            builder.CNOT(wire - 1, wire);
        var state = State(builder.Build());
        Assert.Equal(1, Q(state), Rounding);
        Assert.Equal(1, HalfCut.Entropy(state, 2), Rounding);
    }

    [Fact]
    public void Product_HasNone()
    {
        var builder = new CircuitBuilder(5);
        for (var wire = 0; wire < 5; wire++)
            builder.RY(Angle.Constant(0.3 + wire), wire).RX(Angle.Constant(1 - (0.2 * wire)), wire);
        var state = State(builder.Build());
        Assert.Equal(0, Q(state), Rounding);
        Assert.Equal(0, HalfCut.Entropy(state, 0), 1e-9);
    }

    [Fact]
    public void BellPairsAcrossTheCut_AddTheirBits()
    {
        var state = State(new CircuitBuilder(4).H(0).H(1).CNOT(0, 2).CNOT(1, 3).Build());
        Assert.Equal(1, Q(state), Rounding);
        Assert.Equal(2, HalfCut.Entropy(state, 0), Rounding);
    }

    [Fact]
    public void PartlyEntangledPair_HasTheEntropyOfItsAngle()
    {
        // cos(a)|00⟩ + sin(a)|11⟩: ρ has the eigenvalues cos², sin²; Q = 2(1 − cos⁴ − sin⁴).
        var (sin, cos) = Math.SinCos(0.4);
        var (p, q) = (cos * cos, sin * sin);
        var state = State(new CircuitBuilder(2).RY(Angle.Constant(0.8), 0).CNOT(0, 1).Build());
        Assert.Equal(2 * (1 - (p * p) - (q * q)), Q(state), Rounding);
        Assert.Equal(-(p * Math.Log2(p)) - (q * Math.Log2(q)), HalfCut.Entropy(state, 0), Rounding);
    }

    [Fact]
    public void HaarMeans_ClosedForms_AreThoseOfTheLiterature()
    {
        Assert.Equal(14.0 / 17, HaarMeans.MeyerWallach(4), Rounding);
        // Page's formula for two qubits: 1/3 nat.
        Assert.Equal(1 / 3.0 / Math.Log(2), HaarMeans.Entropy(2, 2), Rounding);
    }

    [Fact]
    public void DeepCircuit_ReachesTheHaarMeans()
    {
        // Ten strongly entangling layers on five wires are as good as random for these averages; 512 draws leave half a per cent.
        var figures = EntanglementStudy.Measure(
            new AnsatzSubject(AnsatzRegistry.Get("sel"), 5, 10), 3, new(512, 512, 0), TestContext.Current.CancellationToken);
        Assert.Equal(figures.MeyerWallachHaar, figures.MeyerWallach.Value, 0.02 * figures.MeyerWallachHaar);
        Assert.Equal(figures.HalfCutEntropyHaar, figures.HalfCutEntropy.Value, 0.02 * figures.HalfCutEntropyHaar);
        Assert.Equal(figures.HalfCutEntropyHaar, figures.HalfCutEntropyEncoded.Value, 0.02 * figures.HalfCutEntropyHaar);
    }

    private static double Q(EnsembleState state)
    {
        var values = new double[EnsembleState.Lanes];
        MeyerWallach.Measure(state, values);
        return values[^1];
    }

    private static EnsembleState State(Circuit circuit)
    {
        var state = new EnsembleState(circuit.WireCount);
        new EnsembleProgram(circuit).Run(state, [], []);
        return state;
    }
}
