using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Reads the condition on the number of wires.</summary>
internal static class WireRuleReader
{
    /// <summary>Reads a line "wires CONDITION". The condition is computed for every number of wires at once.</summary>
    /// <exception cref="InputException">It is no condition on n, fails for some n, or allows none.</exception>
    public static WireRule Read(SourceLine line, DefinitionSource source)
    {
        var tokens = new TokenReader(line, source);
        tokens.Expect("wires");
        var text = Text(tokens, line.Rest);
        var condition = new WholeParser(tokens, Scope.OfWires()).Condition();
        tokens.ExpectEnd();
        var allowed = Enumerable.Range(1, Circuit.MaxWires).Where(n => condition.Holds(Frame.OfWires(source, n))).ToImmutableHashSet();
        return allowed.IsEmpty
            ? throw tokens.Problem($"{DefinitionSource.Quote(line.Rest)} allows no number of wires n from 1 to {Circuit.MaxWires}")
            : new WireRule(text, allowed.Contains);
    }

    private static string Text(TokenReader tokens, string condition) =>
        (tokens.After(0), tokens.After(1), tokens.After(2), tokens.After(3), tokens.After(4), tokens.After(5))
            is ({ Text: "n" }, { Text: "%" }, { Kind: TokenKind.Number, Text: var factor }, { Text: "==" }, { Text: "0" }, { Kind: TokenKind.End })
            ? $"a multiple of {factor}"
            : $"a number of wires n with {condition}";
}
