using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Circuits;

public class CircuitTests
{
    [Fact]
    public void ToString_EveryKindOfLine_PrintsTheDeclaredList()
    {
        var circuit = new CircuitBuilder(3)
            .H(0)
            .RY(Angle.Input(2), 1)
            .Rot(Angle.Weight(0), Angle.Weight(1), Angle.Constant(0.5), 2)
            .CRX(Angle.Weight(2, -2), 0, 1)
            .Toffoli(2, 0, 1)
            .Build();
        Assert.Equal(
            """
            wires 3, inputs 3, weights 3, outputs Z0 Z1 Z2
            H 0
            RY(x2) 1
            RZ(w0) 2
            RY(w1) 2
            RZ(0.5) 2
            CRX(-2*w2) 0 1
            Toffoli 2 0 1

            """.ReplaceLineEndings("\n"),
            circuit.ToString());
    }

    [Fact]
    public void Builder_EveryGateMethod_AppendsThatGate()
    {
        var angle = Angle.Constant(1);
        var circuit = new CircuitBuilder(3)
            .I(0).X(0).Y(0).Z(0).H(0).S(0).T(0).SX(0).RX(angle, 0).RY(angle, 0).RZ(angle, 0).Phase(angle, 0)
            .CNOT(0, 1).CY(0, 1).CZ(0, 1).SWAP(0, 1).CRX(angle, 0, 1).CRY(angle, 0, 1).CRZ(angle, 0, 1)
            .ControlledPhase(angle, 0, 1).RXX(angle, 0, 1).RYY(angle, 0, 1).RZZ(angle, 0, 1).Toffoli(0, 1, 2)
            .Build();
        Assert.Equal(Enum.GetValues<GateKind>(), circuit.Operations.Select(operation => operation.Kind));
    }

    [Theory]
    [InlineData(GateKind.CNOT, new[] { 0, 0 }, "twice")]
    [InlineData(GateKind.CNOT, new[] { 0 }, "2 wire")]
    [InlineData(GateKind.X, new[] { -1 }, "negative")]
    [InlineData(GateKind.RX, new[] { 0 }, "one angle")]
    public void Operation_ThatDoesNotFitItsGate_SaysWhy(GateKind kind, int[] wires, string reason)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Operation(kind, wires));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operation_AngleOnGateWithoutOne_Throws() =>
        Assert.Throws<ArgumentException>(() => new Operation(GateKind.H, [0], Angle.Constant(1)));

    [Fact]
    public void Circuit_IndexOutOfRange_NamesOperationAndRange()
    {
        AssertInvalid("wire 2 is outside 0..1", new Operation(GateKind.X, [2]));
        AssertInvalid("weight 3 is not below the weight count 3", new Operation(GateKind.RX, [0], Angle.Weight(3)));
        AssertInvalid("input 1 is not below the input count 1", new Operation(GateKind.RX, [0], Angle.Input(1)));
    }

    [Fact]
    public void Circuit_ObservableOutsideWires_Throws() =>
        Assert.Throws<ArgumentException>(() => new Circuit(2, 0, 0, [], [Observable.Z(2)]));

    [Fact]
    public void Builder_WireOutsideCircuit_Throws() =>
        Assert.Throws<ArgumentException>(() => new CircuitBuilder(2).CNOT(0, 2));

    [Fact]
    public void Angle_NotFinite_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Angle.Constant(double.NaN));

    [Fact]
    public void Operation_Equality_ComparesKindWiresAndAngle()
    {
        var operation = new Operation(GateKind.CRZ, [1, 0], Angle.Weight(2));
        Assert.Equal(operation, new Operation(GateKind.CRZ, [1, 0], Angle.Weight(2)));
        Assert.NotEqual(operation, new Operation(GateKind.CRZ, [0, 1], Angle.Weight(2)));
        Assert.NotEqual(operation, new Operation(GateKind.CRZ, [1, 0], Angle.Input(2)));
    }

    private static void AssertInvalid(string reason, Operation operation)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Circuit(2, 1, 3, [new Operation(GateKind.H, [0]), operation]));
        Assert.Contains("operation 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
