using CsCheck;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Quantum.Circuits;
using Fovea.Tests.Quantum;

namespace Fovea.Tests.Devices.Exchange;

public sealed class CircuitJsonTests
{
    private static readonly Gen<RandomCircuit> Circuits =
        RandomCircuit.Generator.Where(random => random.Circuit.Preparation == StatePreparation.Zero);

    [Fact]
    public void Read_WrittenCircuit_IsTheSame() => Circuits.Sample(
        random =>
        {
            var export = new CircuitExport { Title = "a \"test\"", Weights = random.Weights };
            var read = CircuitJsonReader.Read(CircuitJsonWriter.Write(random.Circuit, export));
            Assert.Equal(random.Circuit.ToString(), read.Circuit.ToString());
            Assert.Equal(random.Circuit.Operations, read.Circuit.Operations);
            Assert.Equal(random.Circuit.Observables, read.Circuit.Observables);
            Assert.Equal(random.Weights, read.Export.Weights);
            Assert.Equal("a \"test\"", read.Export.Title);
            Assert.Null(read.Export.Inputs);
        },
        iter: 200);

    [Fact]
    public void Read_AnyAngle_IsEqualBitForBit() => Gen.Double.Where(double.IsFinite).Sample(
        scale =>
        {
            var circuit = new CircuitBuilder(1).RX(Angle.Constant(scale), 0).RY(Angle.InputProduct(0, 1, scale), 0).Build();
            var read = CircuitJsonReader.Read(CircuitJsonWriter.Write(circuit)).Circuit;
            return read.Operations.All(operation =>
                BitConverter.DoubleToInt64Bits(operation.Angle!.Value.Scale) == BitConverter.DoubleToInt64Bits(scale));
        },
        iter: 1000);

    [Fact]
    public void Read_Names_ComeBack()
    {
        var circuit = new CircuitBuilder(1).RX(Angle.Input(0), 0).RY(Angle.Weight(0), 0).Build();
        var export = new CircuitExport { InputNames = ["pixel"], WeightNames = ["turn"], Inputs = [0.25] };
        var read = CircuitJsonReader.Read(CircuitJsonWriter.Write(circuit, export)).Export;
        Assert.Equal(["pixel"], read.InputNames);
        Assert.Equal(["turn"], read.WeightNames);
        Assert.Equal([0.25], read.Inputs);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "version: not a whole number in range")]
    [InlineData("fovea-circuit", "other", "format: another format")]
    [InlineData("\"wires\": 2", "\"wires\": 65", "wires: not a whole number in range")]
    [InlineData("\"CNOT\"", "\"CNUT\"", "gates[1].gate: unknown gate 'CNUT'")]
    [InlineData("\"weight\"", "\"wieght\"", "gates[0].angle.source: unknown source")]
    [InlineData("\"scale\"", "\"scala\"", "gates[0].angle: unknown property 'scala'")]
    [InlineData("\"scale\"", "\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\U0001F441\"", "unknown property 'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…'")]
    [InlineData("\"Z0\"", "\"Q0\"", "observables[0][0].pauli: not a product of Pauli operators")]
    [InlineData("\"Z0\"", "\"Z9\"", "outside wires 0..1")]
    [InlineData("\"index\": 0", "\"index\": 7", "weight 7 is not below the weight count 1")]
    [InlineData("\"wires\": 2", "\"wires\": two", "not JSON")]
    [InlineData("\"wires\": 2", "\"wires\": 2, \"wires\": 2", "the property 'wires' stands twice")]
    [InlineData("\"CNOT\"", "\"RX\"", "gates[1]: wires or angle that do not fit RX; it takes 1 distinct wire(s) and one angle")]
    public void Read_BrokenDocument_IsRefusedWithThePlace(string text, string replacement, string expected)
    {
        var circuit = new CircuitBuilder(2).RX(Angle.Weight(0), 0).CNOT(0, 1).Build();
        var written = CircuitJsonWriter.Write(circuit);
        Assert.Contains(text, written, StringComparison.Ordinal);
        var broken = written.Replace(text, replacement, StringComparison.Ordinal);
        var exception = Assert.Throws<InputException>(() => CircuitJsonReader.Read(broken, "c.json"));
        Assert.StartsWith("c.json:", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        Assert.Throws<InputException>(() => CircuitJsonReader.Read(new string('[', 100_000)));
}
