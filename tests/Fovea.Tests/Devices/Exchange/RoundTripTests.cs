using CsCheck;
using Fovea.Devices.Exchange;
using Fovea.Quantum.Circuits;
using Fovea.Tests.Quantum;

namespace Fovea.Tests.Devices.Exchange;

public sealed class RoundTripTests
{
    private const int Iterations = 200;

    private static readonly Gen<RandomCircuit> Circuits =
        RandomCircuit.Generator.Where(random => random.Circuit.Preparation == StatePreparation.Zero);

    public static TheoryData<GateKind> Kinds => [.. Enum.GetValues<GateKind>()];

    [Fact]
    public void OpenQasm3_ParametersUnbound_KeepsExpectationValues() => Circuits.Sample(
        random =>
        {
            var circuit = random.Circuit;
            var inputs = random.Inputs[..circuit.InputCount];
            var program = OpenQasmReader.Read(OpenQasm3Writer.Write(circuit));
            Assert.Equal(circuit.InputCount + circuit.WeightCount, program.Inputs.Length);
            AssertSame(circuit, inputs, random.Weights, program.Circuit, [.. inputs, .. random.Weights]);
        },
        iter: Iterations);

    [Fact]
    public void OpenQasm3_WeightsBound_KeepsExpectationValues() => Circuits.Sample(
        random =>
        {
            var inputs = random.Inputs[..random.Circuit.InputCount];
            var program = OpenQasmReader.Read(OpenQasm3Writer.Write(random.Circuit, new CircuitExport { Weights = random.Weights }));
            AssertSame(random.Circuit, inputs, random.Weights, program.Circuit, inputs);
        },
        iter: Iterations);

    [Fact]
    public void OpenQasm2_AllBound_KeepsExpectationValues() => Circuits.Sample(
        random =>
        {
            var inputs = random.Inputs[..random.Circuit.InputCount];
            var program = OpenQasmReader.Read(
                OpenQasm2Writer.Write(random.Circuit, new CircuitExport { Weights = random.Weights, Inputs = inputs }));
            Assert.Equal(2, program.Version);
            AssertSame(random.Circuit, inputs, random.Weights, program.Circuit, []);
        },
        iter: Iterations);

    /// <summary>Every Pauli string on three wires after a gate between rotations: this sees the whole unitary but its phase.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void BothVersions_OneGate_KeepsEveryPauliString(GateKind kind)
    {
        var circuit = Surrounded(kind);
        var bound = new CircuitExport { Inputs = [0.7, -1.3] };
        double[] inputs = [0.7, -1.3];
        var version3 = OpenQasmReader.Read(OpenQasm3Writer.Write(circuit));
        AssertSame(circuit, inputs, [], version3.Circuit, inputs);
        var version2 = OpenQasmReader.Read(OpenQasm2Writer.Write(circuit, bound));
        AssertSame(circuit, inputs, [], version2.Circuit, []);
    }

    [Fact]
    public void OpenQasm3_ConstantAngles_ComeBackBitForBit() => Gen.Double.Where(double.IsFinite).Sample(
        radians =>
        {
            var circuit = new CircuitBuilder(1).RX(Angle.Constant(radians), 0).RZ(Angle.Input(0, radians == 0 ? 1 : radians), 0).Build();
            var read = OpenQasmReader.Read(OpenQasm3Writer.Write(circuit)).Circuit;
            Assert.Equal(
                circuit.Operations.Select(operation => BitConverter.DoubleToInt64Bits(operation.Angle!.Value.Scale)),
                read.Operations.Select(operation => BitConverter.DoubleToInt64Bits(operation.Angle!.Value.Scale)));
        },
        iter: 1000);

    private static void AssertSame(Circuit expected, double[] inputs, double[] weights, Circuit actual, double[] actualInputs) =>
        Expectations.AssertEqual(
            Expectations.Of(expected, inputs, weights),
            Expectations.Of(Expectations.Observing(actual, expected.Observables), actualInputs));

    private static Circuit Surrounded(GateKind kind)
    {
        var builder = new CircuitBuilder(3);
        for (var wire = 0; wire < 3; wire++)
            builder.RY(Angle.Constant(0.4 + wire), wire).RZ(Angle.Constant(1.1 - wire), wire);
        builder.CNOT(0, 2).CNOT(2, 1).RX(Angle.Input(1, 0.5), 2);
        var info = GateInfo.Of(kind);
        int[][] orders = [[2, 0, 1], [0, 1, 2]];
        foreach (var order in orders)
        {
            builder.Append(kind, info.HasAngle ? Angle.InputProduct(0, 1, 0.9) : null, order.AsSpan(0, info.WireCount));
            builder.RX(Angle.Constant(0.3), order[0]).RY(Angle.Constant(0.8), order[1]);
        }

        return builder.Build(Enumerable.Range(1, 63).Select(code => new Observable(
            [new PauliTerm(1, new PauliString((ulong)code & 7, (ulong)code >> 3))])));
    }
}
