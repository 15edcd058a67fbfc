namespace Fovea.Tests.Quantum.Ansaetze.Definitions;

/// <summary>Each rule of the grammar by what is said when it is broken, and in which line.</summary>
public class DefinitionErrorTests
{
    private const string IsOpen = "(the end of the layer is left out)";

    [Theory]
    [InlineData(3, "CX 0 1", "unknown gate 'CX'", "did you mean 'CNOT'?", "Toffoli, Rot")]
    [InlineData(3, "RQ 0", "unknown gate 'RQ'; gates: ", "Toffoli, Rot", "blocks of this file: none")]
    [InlineData(3, "rnig(0)", "unknown block 'rnig'", "blocks of this file: none")]
    [InlineData(3, "RX i", "unknown variable 'i'", "known here: n, l")]
    [InlineData(4, "for wire = 0 .. 1|RX wirr|end", "unknown variable 'wirr'", "did you mean 'wire'?", "known here: n, l, wire")]
    [InlineData(6, "for i = 0 .. 1|X i|end|X i", "unknown variable 'i'")]
    [InlineData(3, "for i = 0 .. i|X i|end", "unknown variable 'i'")]
    [InlineData(3, "RX(pi/x) 0", "unknown variable 'x'")]
    [InlineData(3, "CNOT 0", "CNOT takes 2 wires, not 1")]
    [InlineData(3, "RX 0, 1", "RX takes 1 wire, not 2")]
    [InlineData(3, "RX", "RX takes 1 wire, not 0")]
    [InlineData(3, "RX (0)", "RX takes 1 wire, not 0; a parenthesis after it holds its angle")]
    [InlineData(3, "CNOT(pi) 0, 1", "CNOT takes no angle")]
    [InlineData(3, "RX(pi, 0) 1", "RX takes 1 angle, not 2")]
    [InlineData(3, "Rot(pi) 1", "Rot takes 3 angles, not 1")]
    [InlineData(3, "RX() 1", "a number, pi, a variable, a $weight or '(' is needed, not ')'")]
    [InlineData(3, "RX($g + 1) 0", "'$g' cannot be part of a sum")]
    [InlineData(3, "RX($g * $h) 0", "'$h' cannot be", "one weight")]
    [InlineData(3, "RX(1 / $g) 0", "'$g' cannot be divided")]
    [InlineData(3, "RX(5 % 2) 0", "'%' has no meaning in an angle")]
    [InlineData(3, "RX(1e999) 0", "beyond the numbers that are finite")]
    [InlineData(3, "RX(pi/0) 0", "RX: the angle or its factor is", "not a finite number")]
    [InlineData(3, "X 0.5", "'0.5' is not a whole number")]
    [InlineData(3, "X 9999999999", "not a whole number up to 1,000,000,000")]
    [InlineData(3, "X pi", "a whole number, a variable or '(' is needed, not 'pi'")]
    [InlineData(3, "X $g", "a whole number, a variable or '(' is needed, not '$g'")]
    [InlineData(3, "X 0 1", "'1' is too much")]
    [InlineData(3, "X (0", "')' is needed, not the end of the line")]
    [InlineData(3, "X 0 == 0", "a number is needed, not a condition")]
    [InlineData(3, "X -(0 == 0)", "a number is needed, not a condition")]
    [InlineData(3, "if n|X 0|end", "a condition is needed, not a number")]
    [InlineData(3, "if not n|X 0|end", "a condition is needed, not a number")]
    [InlineData(3, "if 0 < l < 2|X 0|end", "'<' is too much")]
    [InlineData(3, "X 1/0", "division by zero")]
    [InlineData(3, "X 1 % (2 - 2)", "division by zero")]
    [InlineData(3, "X 1000000000 * 2", "the result 2000000000 is too large", "-1,000,000,000 to 1,000,000,000")]
    [InlineData(3, "for i = 0 .. 1 step 0|X i|end", "the step is 0")]
    [InlineData(3, "for n = 0 .. 1|X n|end", "the loop variable 'n' would hide the variable of that name")]
    [InlineData(3, "for l = 0 .. 1|X l|end", "the loop variable 'l' would hide")]
    [InlineData(4, "for i = 0 .. 1|for i = 0 .. 1|end|end", "the loop variable 'i' would hide")]
    [InlineData(3, "for pi = 0 .. 1|end", "the loop variable 'pi' has the name of a keyword")]
    [InlineData(3, "for i = 0, 1|end", "'..' is needed, not ','")]
    [InlineData(3, "for i in 0 .. 1|end", "'=' is needed, not 'in'")]
    [InlineData(3, "for 3 = 0 .. 1|end", "the name of a loop variable is needed, not '3'")]
    [InlineData(3, "for i = 0 .. 1|X i", "'for'", "has no 'end'", IsOpen)]
    [InlineData(3, "if l == 0|X 0|else|Y 0", "'if' has no 'end'", IsOpen)]
    [InlineData(4, "X 0|else|end", "'else' has no 'if' of its own in 'layer' of line 2")]
    [InlineData(5, "if l == 0|else|else|end", "'else' has no 'if' of its own")]
    [InlineData(3, "end now", "'now' after 'end' is too much")]
    [InlineData(3, "unused", "a whole number, a variable or '(' is needed, not the end of the line")]
    [InlineData(3, "unused -1", "unused -1 is not allowed; allowed: 0 and above")]
    [InlineData(3, "unused 20001", "more than 20,000 gates and unused weights")]
    [InlineData(3, "X 0;", "the character ';' has no meaning here")]
    [InlineData(3, "X \u00e9", "the character U+00E9 has no meaning here")]
    [InlineData(3, "X \u2028", "the character U+2028 has no meaning here")]
    [InlineData(3, "X 0\rX 1", "the character U+000D has no meaning here")]
    [InlineData(3, "0 X", "a gate, a block, 'for', 'if', 'unused' or 'end' is needed, not '0'")]
    [InlineData(3, "X -1", "X: wire -1 is outside 0..3 (n = 4, l = 0)")]
    [InlineData(3, "X 3 + l", "X: wire 4 is outside 0..3 (n = 4, l = 1)")]
    [InlineData(4, "for i = 0 .. n-1|CNOT i, i+1|end", "CNOT: wire 4 is outside 0..3 (n = 4, l = 0)")]
    [InlineData(3, "CNOT n-1, 3", "CNOT: wire 3 comes twice; its wires must differ (n = 4, l = 0)")]
    [InlineData(3, "X 1 / (n-4)", "division by zero", "(n = 4, l = 0)")]
    [InlineData(3, "for i = 0 .. 1 step l|X i|end", "the step is 0", "(n = 4, l = 0)")]
    public void Layer_BrokenRule_IsOneLineWithItsLine(int line, string lines, params string[] parts)
    {
        var text = Texts.Layer(lines.Split('|'));
        if (parts[^1] == IsOpen)
            (text, parts) = (text[..^"\nend".Length], parts[..^1]);
        AssertProblem(text, line, parts);
    }

    [Theory]
    [InlineData(1, "", "the file is empty; its first line is 'ansatz NAME'")]
    [InlineData(1, "# nothing||", "the file is empty")]
    [InlineData(2, "# mine|layer|end", "the first line is 'ansatz NAME', not 'layer'")]
    [InlineData(1, "ansatz|layer|end", "the name '' is not allowed", "lower case letters, digits and single hyphens")]
    [InlineData(1, "ansatz Mine|layer|end", "the name 'Mine' is not allowed")]
    [InlineData(1, "ansatz my--circuit|layer|end", "is not allowed")]
    [InlineData(1, "ansatz my circuit|layer|end", "the name 'my circuit' is not allowed")]
    [InlineData(1, "ansatz hqconv|layer|end", "the name 'hqconv' belongs to an ansatz that comes with the library")]
    [InlineData(2, "ansatz mine|alias r3|layer|end", "the name 'r3' belongs to")]
    [InlineData(1, "ansatz rz-chain|layer|end", "the name 'rz-chain' belongs to")]
    [InlineData(2, "ansatz mine|alias mine|layer|end", "the name 'mine' comes twice")]
    [InlineData(2, "ansatz mine|ansatz other|layer|end", "'ansatz' comes twice")]
    [InlineData(2, "ansatz mine|about|layer|end", "'about' says nothing")]
    [InlineData(2, "ansatz mine|about a\u001bb|layer|end", "control characters are not allowed")]
    [InlineData(
        2,
        "ansatz mine|status publishd|layer|end",
        "unknown status 'publishd'",
        "did you mean 'published'?",
        "own, standard, published, reconstruction, candidate, exhibit")]
    [InlineData(3, "ansatz mine|status own|status own|layer|end", "'status' comes twice")]
    [InlineData(3, "ansatz mine|wires n > 1|wires n > 1|layer|end", "'wires' comes twice")]
    [InlineData(2, "ansatz mine|wires 4|layer|end", "a condition is needed")]
    [InlineData(2, "ansatz mine|wires l == 0|layer|end", "unknown variable 'l'", "known here: n")]
    [InlineData(2, "ansatz mine|wires n > 64|layer|end", "'n > 64' allows no number of wires n from 1 to 64")]
    [InlineData(2, "ansatz mine|wires 8 % (n-3) == 0|layer|end", "division by zero", "(n = 3)")]
    [InlineData(1, "ansatz mine", "ends without a section 'layer'")]
    [InlineData(3, "ansatz mine|initial|end", "ends without a section 'layer'")]
    [InlineData(4, "ansatz mine|layer|end|layer|end", "section 'layer' is there already, in line 2")]
    [InlineData(4, "ansatz mine|initial|end|initial|end|layer|end", "section 'initial' is there already, in line 2")]
    [InlineData(2, "ansatz mine|layer|X 0", "'layer' has no 'end'")]
    [InlineData(2, "ansatz mine|layer|X 0|initial|end", "'layer' has no 'end' before 'initial' of line 4")]
    [InlineData(2, "ansatz mine|layer l|end", "'l' after 'layer' is too much")]
    [InlineData(4, "ansatz mine|layer|end|end", "'end' closes nothing")]
    [InlineData(2, "ansatz mine|RX 0|layer|end", "'RX' stands outside the sections")]
    [InlineData(2, "ansatz mine|layr|end", "unknown keyword 'layr'", "did you mean 'layer'?", "ansatz, alias, about, status, wires, block, initial, layer")]
    [InlineData(2, "ansatz mine|block|end|layer|end", "the name of the block is needed, not the end of the line")]
    [InlineData(2, "ansatz mine|block a|end|layer|end", "'(' is needed, not the end of the line")]
    [InlineData(2, "ansatz mine|block rx(a)|end|layer|end", "block 'rx' has the name of the gate RX")]
    [InlineData(2, "ansatz mine|block step(a)|end|layer|end", "block 'step' has the name of a keyword")]
    [InlineData(2, "ansatz mine|block a(n)|end|layer|end", "the parameter 'n' would hide")]
    [InlineData(2, "ansatz mine|block a(b, b)|end|layer|end", "the parameter 'b' would hide")]
    [InlineData(4, "ansatz mine|block a()|end|block a()|end|layer|end", "block 'a' is there already, in line 2")]
    [InlineData(5, "ansatz mine|block ring(o)|end|layer|ring()|end", "block 'ring' of line 2 takes 1 value, not 0")]
    [InlineData(5, "ansatz mine|block ring(o)|end|layer|ring 0|end", "'(' is needed, not '0'")]
    [InlineData(5, "ansatz mine|block ring(o)|end|layer|rin(0)|end", "unknown block 'rin'", "did you mean 'ring'?", "blocks of this file: ring")]
    [InlineData(3, "ansatz mine|block ring(o)|X i|end|layer|end", "unknown variable 'i'", "known here: n, l, o")]
    [InlineData(3, "ansatz mine|block a()|a()|end|layer|end", "block 'a' calls itself: a → a")]
    [InlineData(9, "ansatz mine|block a()|b()|end|block b()|c()|end|block c()|b()|end|layer|end", "block 'b' calls itself: b → c → b")]
    public void File_BrokenRule_IsOneLineWithItsLine(int line, string lines, params string[] parts) =>
        AssertProblem(lines.Replace('|', '\n'), line, parts);

    [Fact]
    public void Text_OfTooManyBytesOrTooLongALine_IsRefused()
    {
        Assert.Equal(
            "my.ansatz: is larger than an ansatz may be; allowed: up to 64 KiB",
            Texts.Problem("ansatz mine\n" + string.Concat(Enumerable.Repeat("# €\n", 11_000)) + "layer\nend"));
        Assert.Equal("my.ansatz:3: the line has 1001 characters; allowed: up to 1000", Texts.Problem(Texts.Layer("X " + new string('(', 999))));
    }

    [Fact]
    public void Source_OfSeveralLines_StaysOneLine() => Texts.AssertOneLine(
        Assert.Throws<Fovea.Core.Errors.InputException>(() => Fovea.Quantum.Ansaetze.AnsatzDefinition.Parse("layer", "a\nb\u2028c")).Message);

    private static void AssertProblem(string text, int line, string[] parts)
    {
        var message = Texts.Problem(text);
        Assert.StartsWith($"my.ansatz:{line}: ", message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
