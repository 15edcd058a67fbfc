using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Finds the blocks of a definition before their bodies are read, so that they may call each other in any order.</summary>
internal static class BlockReader
{
    /// <summary>The blocks by their names, still without bodies.</summary>
    /// <exception cref="InputException">The line that begins a block breaks a rule, or its name is taken.</exception>
    public static IReadOnlyDictionary<string, Block> Declare(IReadOnlyList<SourceLine> lines, DefinitionSource source)
    {
        var blocks = new Dictionary<string, Block>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => line.Keyword == "block"))
        {
            var tokens = new TokenReader(line, source);
            tokens.Expect("block");
            var name = tokens.ExpectName("the name of the block");
            RequireFree(name, tokens);
            if (!blocks.TryAdd(name, new Block(name, line.Number, ReadParameters(tokens))))
                throw tokens.Problem($"block '{name}' is there already, in line {blocks[name].Line}");
        }

        return blocks;
    }

    private static void RequireFree(string name, TokenReader tokens)
    {
        if (NamedGate.Find(name) is { } gate)
            throw tokens.Problem($"block {DefinitionSource.Quote(name)} has the name of the gate {gate.Name}; choose another");
        if (Keywords.All.Contains(name))
            throw tokens.Problem($"block {DefinitionSource.Quote(name)} has the name of a keyword; choose another");
    }

    private static Scope ReadParameters(TokenReader tokens)
    {
        var scope = Scope.OfLayer();
        tokens.Expect("(");
        if (tokens.Next.Text != ")")
        {
            do
                scope.Declare(VariableNames.NewName(tokens, scope, "parameter"));
            while (tokens.TryTake(","));
        }

        tokens.Expect(")");
        tokens.ExpectEnd();
        return scope;
    }
}
