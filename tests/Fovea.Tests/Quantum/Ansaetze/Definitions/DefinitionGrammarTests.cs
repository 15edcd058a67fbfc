using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze.Definitions;

/// <summary>Each feature of the grammar by the gates it makes.</summary>
public class DefinitionGrammarTests
{
    [Theory]
    [InlineData("X 0", "X 0")]
    [InlineData("cnot 0, 1", "CNOT 0 1")]
    [InlineData("rot 2", "RZ(w0) 2|RY(w1) 2|RZ(w2) 2")]
    [InlineData("Rot(pi, $a, 0.5) 1", "RZ(3.141592653589793) 1|RY(w0) 1|RZ(0.5) 1")]
    [InlineData("Toffoli 0, n-1, 1", "Toffoli 0 3 1")]
    [InlineData("CRZ 0, 1|CRX 0, 1", "CRZ(w0) 0 1|CRX(w1) 0 1")]
    [InlineData("H (n-1)/2", "H 1")]
    [InlineData("CZ (0), (1)", "CZ 0 1")]
    [InlineData("RX(pi/2) 0", "RX(1.5707963267948966) 0")]
    [InlineData("RX(-2*pi/(n - 2)) 0", "RX(-3.141592653589793) 0")]
    [InlineData("RX(1.5e-1) 0", "RX(0.15) 0")]
    [InlineData("RX(1/4 + l) 0", "RX(0.25) 0")]
    [InlineData("RX($g) 0|RY 1|RX($g) 2|RX($h) 3", "RX(w0) 0|RY(w1) 1|RX(w0) 2|RX(w2) 3")]
    [InlineData("RX(2*$g) 0|RX(-$g) 1|RX($g/2) 2|RX(-(pi*$g*2)) 3", "RX(2*w0) 0|RX(-1*w0) 1|RX(0.5*w0) 2|RX(-6.283185307179586*w0) 3")]
    [InlineData("RX 0|unused 3|RX 1", "RX(w0) 0|RX(w4) 1")]
    [InlineData("for i = 0 .. n-1|H i|end", "H 0|H 1|H 2|H 3")]
    [InlineData("for i = 0..1|H i|end", "H 0|H 1")]
    [InlineData("for i = 3 .. 0 step -2|H i|end", "H 3|H 1")]
    [InlineData("for i = 1 .. 0|H i|end", "")]
    [InlineData("for i = 0 .. 1 step -1|H i|end", "")]
    [InlineData("for i = 0 .. 1|for j = i .. 1|CZ j, j+2|end|end", "CZ 0 2|CZ 1 3|CZ 1 3")]
    [InlineData("for i = 0 .. 0|H i|end|for i = 1 .. 1|X i|end", "H 0|X 1")]
    [InlineData("if l == 0|X 0|else|Y 0|end", "X 0")]
    [InlineData("if not l == 0|X 0|else|Y 0|end", "Y 0")]
    [InlineData("if l > 0|X 0|end", "")]
    [InlineData("if n != 4 or l >= 0 and n < 5|X 0|end", "X 0")]
    [InlineData("if (n != 4 or l >= 0) and n <= 3|X 0|end", "")]
    [InlineData("H 0 # why|# all of it||\tX 1\t", "H 0|X 1")]
    [InlineData("H -1 + 2", "H 1")]
    [InlineData("H (0 - 1) % n|H (0 - 7) / 2 + 5", "H 3|H 1")]
    public void Statement_OnFourWires_MakesItsGates(string lines, string expected) =>
        Assert.Equal(expected, Texts.Gates(Texts.Layer(lines.Split('|')), 4));

    [Fact]
    public void Gates_OfTheLibrary_AreAllKnown()
    {
        foreach (var gate in Enum.GetValues<GateKind>().Select(GateInfo.Of))
        {
            var wires = string.Join(", ", Enumerable.Range(0, gate.WireCount));
            var operation = Assert.Single(Texts.Build(Texts.Layer($"{gate.Name.ToUpperInvariant()} {wires}"), 3).Operations);
            Assert.Equal((gate.Kind, gate.HasAngle), (operation.Kind, operation.Angle is not null));
        }
    }

    [Fact]
    public void Example_OfTheDocumentation_IsRingsThenTheirHeads()
    {
        const string text = """
            ansatz   my-circuit
            alias    mine
            about    Rings of four,
            about    and pairs.
            status   candidate
            wires    n % 4 == 0   # whole rings

            block ring(o)
                CRZ  o, o+3
                step1(o, 2)
            end

            block step1(o, by)
                CRX  o, o+by
            end

            initial
                for i = 0 .. n-1 step 3
                    RY i
                end
            end

            layer
                for o = n-4 .. 0 step -4
                    ring(o)
                end
                if l % 2 == 0
                    X 0
                else
                    Y 0
                end
            end
            """;
        var ansatz = AnsatzDefinition.Parse(text, Texts.Source);
        Assert.Equal(("my-circuit", "Rings of four, and pairs.", AnsatzStatus.Candidate), (ansatz.Name, ansatz.Description, ansatz.Status));
        Assert.Equal(["mine"], ansatz.Aliases);
        Assert.Equal(("a multiple of 4", text), (ansatz.Wires.Text, ansatz.Source));
        Assert.Equal([4, 8, 12], Enumerable.Range(1, 12).Where(ansatz.Wires.Allows));
        Assert.Equal(
            "RY(w0) 0|RY(w1) 3|CRZ(w2) 0 3|CRX(w3) 0 2|X 0|CRZ(w4) 0 3|CRX(w5) 0 2|Y 0",
            Texts.Gates(text, 4, layers: 2));
        Assert.Equal(6, ansatz.WeightCount(4, 2));
    }

    [Fact]
    public void SharedWeight_InAnotherLayerOrSection_IsAnother() => Assert.Equal(
        "RX(w0) 0|RX(w1) 0|RX(w1) 1|RX(w2) 0|RX(w2) 1",
        Texts.Gates("ansatz mine\ninitial\nRX($g) 0\nend\nblock again(i)\nRX($g) i\nend\nlayer\nRX($g) 0\nagain(1)\nend", 2, layers: 2));

    [Fact]
    public void Blocks_WithoutParameters_MayComeLastAndStayUnused() =>
        Assert.Equal("X 0", Texts.Gates("ansatz mine\nlayer\nflip()\nend\nblock flip()\nX 0\nend\nblock other(a, b)\nCZ a, b\nend", 2));

    [Fact]
    public void Loops_InsideBlocks_DoNotTouchThoseOfTheCaller() => Assert.Equal(
        "X 1|X 2|H 0|X 1|X 2|H 1",
        Texts.Gates("ansatz mine\nblock inner()\nfor i = 1 .. 2\nX i\nend\nend\nlayer\nfor i = 0 .. 1\ninner()\nH i\nend\nend", 3));

    [Fact]
    public void Text_WithCarriageReturnsAndNothingInItsLayer_IsAnEmptyCircuit()
    {
        var circuit = Texts.Build("ansatz mine\r\nlayer\r\nend\r\n", 3);
        Assert.Empty(circuit.Operations);
        Assert.Equal(0, circuit.WeightCount);
    }

    [Theory]
    [InlineData("n % 3 == 0", "a multiple of 3")]
    [InlineData("n>=2 and n < 9", "a number of wires n with n>=2 and n < 9")]
    public void Wires_OfACondition_SaysItInWords(string condition, string words)
    {
        var ansatz = AnsatzDefinition.Parse($"ansatz mine\nwires {condition}\nlayer\nend", Texts.Source);
        var exception = Assert.Throws<ArgumentException>(() => ansatz.WeightCount(1, 1));
        Assert.StartsWith($"mine takes {words}, not 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_OfAUsersFile_IsOwn() =>
        Assert.Equal(AnsatzStatus.Own, AnsatzDefinition.Parse("ansatz mine\nlayer\nend", Texts.Source).Status);
}
