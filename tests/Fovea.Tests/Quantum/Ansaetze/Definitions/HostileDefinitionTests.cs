using System.Text;

namespace Fovea.Tests.Quantum.Ansaetze.Definitions;

/// <summary>Files that want to run for ever, or deeper than a stack goes.</summary>
public class HostileDefinitionTests
{
    [Theory]
    [InlineData("for i = 0 .. 1000000000|end", "runs through more than 200,000 statements")]
    [InlineData("for i = 1 .. 0 - 1000000000 step -1|end", "runs through more than 200,000 statements")]
    [InlineData("for i = 0 .. 30000|X 0|end", "more than 20,000 gates")]
    [InlineData("unused 1000000000", "more than 20,000 gates and unused weights")]
    public void Layer_WithoutEnd_StopsAtALimit(string lines, string part) =>
        Assert.Contains(part, Texts.Problem(Texts.Layer(lines.Split('|'))), StringComparison.Ordinal);

    [Fact]
    public void Blocks_ThatDoubleEachOther_StopAtALimit()
    {
        var text = new StringBuilder("ansatz mine\nblock b0()\nend\n");
        for (var i = 1; i < 30; i++)
            text.Append($"block b{i}()\nb{i - 1}()\nb{i - 1}()\nend\n");
        Assert.Contains("runs through more than 200,000 statements", Texts.Problem(text + "layer\nb29()\nend"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blocks_InALongChain_AreRefused(bool lastFirst)
    {
        var text = new StringBuilder("ansatz mine\nlayer\nend\n");
        for (var i = 0; i < 2000; i++)
            text.Append($"block b{(lastFirst ? 2000 - i : i)}()\nb{(lastFirst ? 1999 - i : i + 1)}()\nend\n");
        text.Append($"block b{(lastFirst ? 0 : 2000)}()\nend\n");
        Assert.Contains("blocks call each other too deep; allowed: chains of up to 32", Texts.Problem(text.ToString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("for", 40)]
    [InlineData("if", 40)]
    [InlineData("for", 2000)]
    public void Statements_NestedTooDeep_AreRefused(string kind, int depth)
    {
        var lines = Enumerable.Range(0, depth).Select(i => kind == "for" ? $"for i{i} = 0 .. 0" : "if l == 0").ToArray();
        var message = Texts.Problem(Texts.Layer([.. lines, .. Enumerable.Repeat("end", depth)]));
        Assert.Equal($"my.ansatz:35: '{kind}' is nested too deep; allowed: up to 32", message);
    }

    [Theory]
    [InlineData("X ")]
    [InlineData("RX(")]
    public void Parentheses_NestedTooDeep_AreRefused(string start) => Assert.Equal(
        "my.ansatz:3: parentheses are nested too deep; allowed: up to 32", Texts.Problem(Texts.Layer(start + new string('(', 900))));

    [Theory]
    [InlineData('-')]
    [InlineData('+')]
    public void Signs_InARow_AreNoDepth(char sign) =>
        Assert.Equal("X 0|RX(0) 1", Texts.Gates(Texts.Layer("X " + new string(sign, 900) + "0", "RX(" + new string('+', 900) + "0) 1"), 2));

    [Fact]
    public void Sums_AsLongAsALine_AreComputed() =>
        Assert.Equal("X 1", Texts.Gates(Texts.Layer("X 1" + string.Concat(Enumerable.Repeat("+0", 490))), 2));
}
