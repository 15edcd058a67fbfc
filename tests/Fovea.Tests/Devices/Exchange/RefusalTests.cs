using System.Globalization;
using System.Text;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;

namespace Fovea.Tests.Devices.Exchange;

public sealed class RefusalTests
{
    private const string Head = "OPENQASM 3.0; include \"stdgates.inc\"; input float v; qubit[2] q; bit[2] c;\n";

    /// <summary>What stands on line 2 of a program of two qubits, the column of the complaint, and its words.</summary>
    [Theory]
    [InlineData("if (c[0] == 1) x q[0];", 1, "'if': control flow is not read")]
    [InlineData("for int i in [0:1] { x q[i]; }", 1, "control flow is not read")]
    [InlineData("def f(qubit a) { x a; }", 1, "subroutines are not read")]
    [InlineData("defcal x $0 { }", 1, "calibrations are not read")]
    [InlineData("delay[100ns] q[0];", 7, "a number with letters after it")]
    [InlineData("box { x q[0]; }", 1, "timing is not read")]
    [InlineData("pow(0.5) @ x q[0];", 5, "an exponent of 0.5; an exponent is a whole number from -1024 to 1024")]
    [InlineData("pow @ x q[0];", 5, "'(' stands after 'pow'")]
    [InlineData("ctrl(0) @ x q[0];", 6, "a number of controls of 0")]
    [InlineData("int i = 3;", 1, "classical computation is not read")]
    [InlineData("foo q[0];", 1, "the gate 'foo' is not known here")]
    [InlineData("cnot q[0], q[1];", 1, "; did you mean 'cx'?")]
    [InlineData("Hadamard q[0];", 1, "; did you mean 'h'?")]
    [InlineData("RX(1) q[0];", 1, "; did you mean 'rx'?")]
    [InlineData("toffoli q[0];", 1, "; did you mean 'ccx'?")]
    [InlineData("h q[2];", 5, "an index of 2; an index is a whole number from -2 to 1")]
    [InlineData("h q[0:1];", 6, "slices")]
    [InlineData("h r;", 3, "'r' is no declared qubit")]
    [InlineData("h $0;", 3, "a physical qubit")]
    [InlineData("h c[0];", 3, "'c' is no declared qubit")]
    [InlineData("cx q[0];", 1, "'cx' got 1 qubit; it takes 2")]
    [InlineData("cx q[0], q[0];", 1, "'cx' gets q[0] twice")]
    [InlineData("cx q, q;", 1, "'cx' gets q[0] twice")]
    [InlineData("qubit[3] r; cx q, r;", 19, "registers of 2 and 3 qubits")]
    [InlineData("rx q[0];", 1, "'rx' got 0 angles; it takes 1")]
    [InlineData("rx(1, 2) q[0];", 1, "'rx' got 2 angles")]
    [InlineData("rx(v*v*v) q[0];", 7, "a product of more than two inputs")]
    [InlineData("rx(1/v) q[0];", 5, "a division by an input")]
    [InlineData("rx(sin(v)) q[0];", 4, "sin of an input")]
    [InlineData("rx(v**3) q[0];", 5, "a power of an input")]
    [InlineData("rx(1/0) q[0];", 5, "not a finite number")]
    [InlineData("rx(sqrt(-1)) q[0];", 4, "not a finite number")]
    [InlineData("rx(1e999) q[0];", 4, "no number of double precision")]
    [InlineData("rx(k) q[0];", 4, "'k' is no number known here")]
    [InlineData("rx(1 q[0];", 6, "unexpected 'q'; ')' stands after a gate's angles")]
    [InlineData("h q[0]", 7, "unexpected the end of the text; ';' stands after a gate's qubits")]
    [InlineData("c[0] = measure q[0]; h q[0];", 22, "a gate on q[0] after its measurement")]
    [InlineData("h q[0]; reset q[0];", 15, "a reset of q[0] after it was used")]
    [InlineData("c[0] = measure q[0]; c[0] = measure q[1];", 37, "c[0] is measured into twice")]
    [InlineData("measure q;", 10, "a measurement goes to a bit")]
    [InlineData("c[0] = measure q;", 16, "2 qubit(s) measured into 1 bit(s)")]
    [InlineData("gate g a { g a; } g q[0];", 12, "the gate 'g' calls itself")]
    [InlineData("gate g a { k a; } gate k a { g a; }", 12, "the gate 'k' is not known here")]
    [InlineData("gate g a, b { cx a, a; }", 15, "'cx' gets one qubit twice")]
    [InlineData("gate g a { h b; }", 14, "'b' is no qubit of this definition")]
    [InlineData("gate g(t) a, b { ctrl(t) @ x a, b; }", 23, "'t' is no number known here")]
    [InlineData("gate g(a) a { h a; }", 6, "'a' is a parameter and a qubit")]
    [InlineData("gate g a { h a;", 16, "is not closed")]
    [InlineData("gate h a { x a; }", 6, "'h' is declared already")]
    [InlineData("qubit[65] r;", 7, "a number of qubits of 65; a number of qubits is a whole number from 1 to 64")]
    [InlineData("qubit[1000000000000] r;", 7, "a number of qubits of 1000000000000")]
    [InlineData("qubit[63] r;", 11, "more than 64 qubits")]
    [InlineData("qubit[1.5] r;", 7, "whole number")]
    [InlineData("include \"other.inc\";", 9, "\"stdgates.inc\" is built in; other files are not opened")]
    [InlineData("qubit q;", 7, "'q' is declared already")]
    [InlineData("input bit b;", 7, "an input of the type 'bit'")]
    [InlineData("const float a = v;", 17, "an input where a constant stands")]
    [InlineData("/* open", 1, "the comment is not closed")]
    [InlineData("include \"stdgates.inc;", 9, "the text is not closed")]
    [InlineData("; h q[0];", 1, "unexpected ';'; a statement is a declaration")]
    [InlineData("h q[0]; \u20AC", 9, "the character U+20AC begins no word")]
    [InlineData("#pragma x", 1, "unexpected '#'")]
    public void Read_OutsideTheSubset_IsRefusedWithThePlace(string line, int column, string expected)
    {
        var exception = Assert.Throws<InputException>(() => OpenQasmReader.Read(Head + line, "p.qasm"));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"p.qasm:2:{column}: "), exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("; ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "p.qasm:1:1: unexpected the end of the text; the text begins with OPENQASM")]
    [InlineData("qubit q;", "p.qasm:1:1: unexpected 'qubit'")]
    [InlineData("OPENQASM 4.0;", "p.qasm:1:10: version '4.0'")]
    [InlineData("OPENQASM 3.0;", "p.qasm:1:14: the text declares no qubits")]
    [InlineData("OPENQASM 3.0; qubit q; h q;", "p.qasm:1:24: the gate 'h' is not known here; it comes with include \"stdgates.inc\";")]
    [InlineData("OPENQASM 2.0; include \"qelib1.inc\"; opaque f a;", "p.qasm:1:37: 'opaque': opaque gates have no matrix")]
    [InlineData("OPENQASM 2.0; include \"stdgates.inc\";", "p.qasm:1:23: include of 'stdgates.inc'; \"qelib1.inc\" is built in")]
    [InlineData("OPENQASM 2.0; gate h a { } include \"qelib1.inc\";", "p.qasm:1:36: 'h' is declared already")]
    public void Read_BrokenFrame_IsRefused(string text, string expected)
    {
        var exception = Assert.Throws<InputException>(() => OpenQasmReader.Read(text, "p.qasm"));
        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "nested too deeply")]
    [InlineData("-", "nested too deeply")]
    [InlineData("sin(", "nested too deeply")]
    [InlineData("2**", "nested too deeply")]
    [InlineData("1+", "too long")]
    [InlineData("1*", "too long")]
    public void Read_DeepExpression_IsRefused(string piece, string expected)
    {
        var text = Head + "rx(" + string.Concat(Enumerable.Repeat(piece, 100_000)) + "1) q[0];";
        Assert.Contains(expected, Assert.Throws<InputException>(() => OpenQasmReader.Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepDefinitions_AreRefused()
    {
        var text = new StringBuilder(Head + "gate g0 a { x a; }\n");
        for (var i = 1; i < 10_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"gate g{i} a {{ g{i - 1} a; }}\n");
        Assert.Contains("nested too deeply", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyModifiers_AreRefused() => Assert.Contains(
        "nested too deeply",
        Refusal(Head + string.Concat(Enumerable.Repeat("inv @ ", 100_000)) + "x q[0];"),
        StringComparison.Ordinal);

    /// <summary>Forty definitions that double: 2^40 gates, or 2^40 empty calls.</summary>
    [Theory]
    [InlineData("x a;")]
    [InlineData("")]
    public void Read_ExpansionBomb_IsRefused(string body)
    {
        var text = new StringBuilder(Head + $"gate g0 a {{ {body} }}\n");
        for (var i = 1; i <= 40; i++)
            text.Append(CultureInfo.InvariantCulture, $"gate g{i} a {{ g{i - 1} a; g{i - 1} a; }}\n");
        Assert.Contains("expands to too many gates", Refusal(text + "g40 q[0];"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ProductOfLongSums_IsRefused()
    {
        var inputs = string.Concat(Enumerable.Range(0, 20).Select(i => $"input float v{i};"));
        var sum = string.Join('+', Enumerable.Range(0, 20).Select(i => $"v{i}"));
        Assert.Contains("too many parts", Refusal(Head + inputs + $"rx(({sum})*({sum})) q[0];"), StringComparison.Ordinal);
    }

    private static string Refusal(string text) => Assert.Throws<InputException>(() => OpenQasmReader.Read(text)).Message;
}
