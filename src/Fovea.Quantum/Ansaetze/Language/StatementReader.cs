using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>Reads statements of one line: gates, calls of blocks and unused weights.</summary>
/// <param name="source">Where the lines come from.</param>
/// <param name="blocks">Every block of the definition by its name.</param>
/// <param name="scope">The variables known here.</param>
/// <param name="calls">Is told each call.</param>
internal sealed class StatementReader(
    DefinitionSource source, IReadOnlyDictionary<string, Block> blocks, Scope scope, IList<(int Line, Block Called)> calls)
{
    private const int MostListed = 20;

    /// <summary>Reads the statement of a line.</summary>
    /// <exception cref="InputException">It breaks a rule.</exception>
    public Statement Read(SourceLine line)
    {
        var tokens = new TokenReader(line, source);
        var name = tokens.ExpectName("a gate, a block, 'for', 'if', 'unused' or 'end'");
        Statement statement = name == "unused" ? new UnusedStatement(line.Number, new WholeNumberParser(tokens, scope).Number())
            : NamedGate.Find(name) is { } gate ? ReadGate(gate, tokens)
            : blocks.TryGetValue(name, out var block) ? ReadCall(block, tokens)
            : throw Unknown(name, tokens);
        tokens.ExpectEnd();
        return statement;
    }

    private GateStatement ReadGate(NamedGate gate, TokenReader tokens)
    {
        var angles = ReadAngles(gate, tokens);
        var wires = tokens.IsAtEnd ? [] : ReadNumbers(tokens);
        if (tokens.IsAtEnd && wires.Count != gate.WireCount)
        {
            var hint = wires.Count == 0 && angles is not null ? "; a parenthesis after it holds its angle" : "";
            throw tokens.Problem($"{gate.Name} takes {Counted(gate.WireCount, "wire")}, not {wires.Count}{hint}");
        }

        return new GateStatement(tokens.Line, gate, angles, wires);
    }

    private List<AngleValue>? ReadAngles(NamedGate gate, TokenReader tokens)
    {
        if (tokens.Next.Text != "(")
            return null;
        if (gate.AngleCount == 0)
            return HasAngle(tokens) ? throw tokens.Problem($"{gate.Name} takes no angle") : null;
        tokens.Expect("(");
        var angles = new List<AngleValue>();
        do
            angles.Add(new AngleParser(tokens, scope).Angle());
        while (tokens.TryTake(","));
        tokens.Expect(")");
        return angles.Count == gate.AngleCount
            ? angles
            : throw tokens.Problem($"{gate.Name} takes {Counted(gate.AngleCount, "angle")}, not {angles.Count}");
    }

    // A wire may begin with a parenthesis, "H (n-1)/2"; an angle is one that a wire follows.
    private static bool HasAngle(TokenReader tokens) =>
        tokens.DistanceToClosing() is var closing and >= 0
        && tokens.After(closing + 1) is { Kind: TokenKind.Number or TokenKind.Name } or { Text: "(" };

    private CallStatement ReadCall(Block block, TokenReader tokens)
    {
        tokens.Expect("(");
        var arguments = tokens.Next.Text == ")" ? [] : ReadNumbers(tokens);
        tokens.Expect(")");
        if (arguments.Count != block.ParameterCount)
            throw tokens.Problem($"block '{block.Name}' of line {block.Line} takes {Counted(block.ParameterCount, "value")}, not {arguments.Count}");
        calls.Add((tokens.Line, block));
        return new CallStatement(tokens.Line, block, arguments);
    }

    private List<WholeNumber> ReadNumbers(TokenReader tokens)
    {
        var numbers = new List<WholeNumber>();
        do
            numbers.Add(new WholeNumberParser(tokens, scope).Number());
        while (tokens.TryTake(","));
        return numbers;
    }

    private InputException Unknown(string name, TokenReader tokens)
    {
        var isCall = tokens.Next.Text == "(" && tokens.DistanceToClosing() is var closing and > 0 && tokens.After(closing + 1).Kind == TokenKind.End;
        var hint = NamedGate.SameAs(name) is { } gate
            ? $"; did you mean '{gate}'?"
            : NearestName.Hint(name, [.. blocks.Keys, .. Keywords.Statements, "else", "end"]);
        var known = blocks.Count == 0 ? "none" : string.Join(", ", blocks.Keys.Take(MostListed)) + (blocks.Count > MostListed ? ", …" : "");
        return tokens.Problem(isCall
            ? $"unknown block {DefinitionSource.Quote(name)}{hint}; blocks of this file: {known}"
            : $"unknown gate {DefinitionSource.Quote(name)}{hint}; gates: {string.Join(", ", NamedGate.Names)}; blocks of this file: {known}");
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}

/// <summary>The words that nothing else may be called.</summary>
internal static class Keywords
{
    /// <summary>What a line outside the sections can begin with.</summary>
    public static IReadOnlyList<string> Top { get; } = ["ansatz", "alias", "about", "status", "wires", "block", "initial", "layer"];

    /// <summary>What a statement can begin with, besides gates and blocks.</summary>
    public static IReadOnlyList<string> Statements { get; } = ["for", "if", "unused"];

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>([.. Top, .. Statements, "else", "end", "step", "and", "or", "not", "pi"]);
}
