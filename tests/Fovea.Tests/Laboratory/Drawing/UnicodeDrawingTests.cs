using Fovea.Laboratory.Drawing;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Drawing;

public class UnicodeDrawingTests
{
    private static readonly CircuitBuilder Ghz = new CircuitBuilder(3).H(0).CNOT(0, 1).CNOT(1, 2);

    [Fact]
    public void Draw_Ghz_IsAStaircase() => AssertDrawing(
        """
        0: ─H─╭●────┤ ⟨Z⟩
        1: ───╰⊕─╭●─┤ ⟨Z⟩
        2: ──────╰⊕─┤ ⟨Z⟩
        """,
        Ghz.Build());

    [Fact]
    public void Draw_StronglyEntangling_NamesSectionsAndMarksDeadWeights()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("sel"), 3, 1);
        var diagram = CircuitDiagram.Build(subject, [new DeadParameter(2, "", "")]);
        Assert.Equal(
            """
                encoding ┊ layer 1
            0: ─RY(x0)───┊─RZ(w0)──RY(w1)─RZ(w2)†─╭●────╭⊕─┤ ⟨Z⟩
            1: ─RY(x1)───┊─RZ(w3)──RY(w4)─RZ(w5)──╰⊕─╭●─┼──┤ ⟨Z⟩
            2: ─RY(x2)───┊─RZ(w6)──RY(w7)─RZ(w8)─────╰⊕─╰●─┤ ⟨Z⟩

            † dead: no output depends on its angle
            """,
            UnicodeDrawing.Draw(diagram));
    }

    [Fact]
    public void Draw_ControlledRotations_HaveADotAndABox() => AssertDrawing(
        """
        0: ─╭●──────╭RZ(π/2)─╭●─────────┤ ⟨Z⟩
        1: ─╰RX(w0)─┼────────╰Phase(x0)─┤ ⟨Z⟩
        2: ─────────╰●──────────────────┤ ⟨Z⟩
        """,
        new CircuitBuilder(3)
            .CRX(Angle.Weight(0), 0, 1).CRZ(Angle.Constant(Math.PI / 2), 2, 0).ControlledPhase(Angle.Input(0), 0, 1).Build());

    [Fact]
    public void Draw_ControlledZ_HasTwoDots() => AssertDrawing(
        """
        0: ─╭●─┤ ⟨Z⟩
        1: ─┼──┤ ⟨Z⟩
        2: ─╰●─┤ ⟨Z⟩
        """,
        new CircuitBuilder(3).CZ(2, 0).Build());

    [Fact]
    public void Draw_Swap_LeavesRoomForGatesBesideIt() => AssertDrawing(
        """
        0: ─╭×──╭●─┤ ⟨Z⟩
        1: ─╰×──╰Y─┤ ⟨Z⟩
        2: ──SX────┤ ⟨Z⟩
        """,
        new CircuitBuilder(3).SWAP(0, 1).SX(2).CY(0, 1).Build());

    [Fact]
    public void Draw_Toffoli_JoinsItsControls() => AssertDrawing(
        """
        0: ─╭●─╭⊕─┤ ⟨Z⟩
        1: ─├●─├●─┤ ⟨Z⟩
        2: ─┼──╰●─┤ ⟨Z⟩
        3: ─╰⊕────┤ ⟨Z⟩
        """,
        new CircuitBuilder(4).Toffoli(0, 1, 3).Toffoli(2, 1, 0).Build());

    [Fact]
    public void Draw_TwoWireRotation_NamesBothWires() => AssertDrawing(
        """
        0: ─╭RZZ(x0·x1)─┤ ⟨Z⟩
        1: ─┼───────────┤ ⟨Z⟩
        2: ─╰RZZ(x0·x1)─┤ ⟨Z⟩
        """,
        new CircuitBuilder(3).RZZ(Angle.InputProduct(0, 1), 0, 2).Build());

    [Fact]
    public void Draw_OtherObservables_ListsThemBelow() => AssertDrawing(
        """
        0: ─H─╭●────┤ ⟨Z⟩
        1: ───╰⊕─╭●──────
        2: ──────╰⊕─┤ ⟨Z⟩

        output 1: ⟨X0*Y1 - 0.5*Z2⟩
        """,
        Ghz.Build([Observable.Z(0), Observable.Pauli("X0*Y1") + (-0.5 * Observable.Z(2)), Observable.Z(2)]));

    [Fact]
    public void Draw_OutputsInAnotherOrder_ListsThemAll() => AssertDrawing(
        """
        0: ─┤ ⟨Z⟩
        1: ─┤ ⟨Z⟩

        output 0: ⟨Z1⟩
        output 1: ⟨Z0⟩
        """,
        new CircuitBuilder(2).Build([Observable.Z(1), Observable.Z(0)]));

    [Fact]
    public void Draw_Probabilities_StayShort()
    {
        var lines = UnicodeDrawing.Draw(new CircuitBuilder(5).Build(Observable.Probabilities(0, 1, 2, 3, 4))).Split('\n');
        Assert.Equal("output 0: a sum of 32 Pauli strings", lines[6]);
        Assert.Equal("and 16 more outputs", lines[^1]);
    }

    [Fact]
    public void Draw_Amplitudes_ShowsThePreparation() => AssertDrawing(
        """
        0: ─╭|ψ(x)⟩─H─┤ ⟨Z⟩
        1: ─├|ψ(x)⟩───┤ ⟨Z⟩
        2: ─╰|ψ(x)⟩───┤ ⟨Z⟩
        """,
        new CircuitBuilder(3).PrepareAmplitudes().H(0).Build());

    [Fact]
    public void Draw_WideCircuit_IsBrokenIntoEvenRows()
    {
        var builder = new CircuitBuilder(2);
        for (var weight = 0; weight < 5; weight++)
            builder.RY(builder.NewWeight(), 1);
        Assert.Equal(
            """
            0: ──────────────────────⋯
            1: ─RY(w0)─RY(w1)─RY(w2)─⋯

            0: ⋯───────────────┤ ⟨Z⟩
            1: ⋯─RY(w3)─RY(w4)─┤ ⟨Z⟩
            """,
            UnicodeDrawing.Draw(builder.Build(), 40));
    }

    [Fact]
    public void Draw_NoWidth_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("maxWidth", () => UnicodeDrawing.Draw(Ghz.Build(), 0));

    private static void AssertDrawing(string expected, Circuit circuit) => Assert.Equal(expected, UnicodeDrawing.Draw(circuit));
}
