using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Circuits;

public sealed class ObservableTextTests
{
    [Theory]
    [InlineData("ZII", "Z0")]
    [InlineData("X0*Z2 - Y1", "X(0) @ Z(2) + -1*Y1")]
    [InlineData("0.5*XXI + 0.5*XXI", "XXI")]
    public void Parse_OneSumWrittenInTwoWays_IsOne(string one, string other)
    {
        (double, PauliString)[] Terms(string text) => [.. ObservableText.Parse(text.Replace("+ -", "- ", StringComparison.Ordinal), 3).Terms
            .Select(term => (term.Coefficient, term.Pauli)).OrderBy(term => term.Item2.X).ThenBy(term => term.Item2.Z)];
        Assert.Equal(Terms(one), Terms(other));
    }

    [Theory]
    [InlineData("1e400*Z0", "has a number that is too large")]
    [InlineData("1e308*Z0 + 1e308*Z0", "has a number that is too large")]
    [InlineData("Z3", "names a wire that is missing; the circuit has wires 0 to 2")]
    [InlineData("ZZ", "has 2 letter(s), the circuit has 3 wire(s)")]
    [InlineData("Q0", "is no Pauli string")]
    public void Parse_WhatIsNoSum_IsOneLine(string text, string words)
    {
        var message = Assert.Throws<FormatException>(() => ObservableText.Parse(text, 3)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", message, StringComparison.Ordinal);
    }
}
