using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Reads the statements of a section or a block up to its <c>end</c>.</summary>
internal sealed class BodyReader(
    LineCursor lines, DefinitionSource source, IReadOnlyDictionary<string, Block> blocks, Scope scope, IList<(int Line, Block Called)> calls)
{
    private const int MaxDepth = 32;
    private readonly StatementReader _statements = new(source, blocks, scope, calls);
    private int _depth;

    /// <summary>Reads the statements after the line that opens them.</summary>
    /// <exception cref="InputException">They break a rule, or have no end.</exception>
    public IReadOnlyList<Statement> Read(SourceLine opener) => Read(opener, out _, mayHaveElse: false);

    private List<Statement> Read(SourceLine opener, out bool endsInElse, bool mayHaveElse)
    {
        var body = new List<Statement>();
        while (lines.Next is { } line && !Keywords.Top.Contains(line.Keyword))
        {
            lines.Advance();
            endsInElse = line.Keyword == "else";
            if (endsInElse && !mayHaveElse)
                throw source.Problem(line.Number, $"'else' has no 'if' of its own in '{opener.Keyword}' of line {opener.Number}");
            if (endsInElse || line.Keyword == "end")
            {
                RequireAlone(line);
                return body;
            }

            body.Add(ReadStatement(line));
        }

        var reached = lines.Next is { } next ? $" before '{next.Keyword}' of line {next.Number}" : "";
        throw source.Problem(opener.Number, $"'{opener.Keyword}' has no 'end'{reached}");
    }

    private Statement ReadStatement(SourceLine line)
    {
        if (line.Keyword is not ("for" or "if"))
            return _statements.Read(line);
        if (++_depth > MaxDepth)
            throw source.Problem(line.Number, $"'{line.Keyword}' is nested too deep; allowed: up to {MaxDepth}");
        Statement statement = line.Keyword == "for" ? ReadLoop(line) : ReadChoice(line);
        _depth--;
        return statement;
    }

    private LoopStatement ReadLoop(SourceLine line)
    {
        var tokens = new TokenReader(line, source);
        tokens.Expect("for");
        var name = VariableNames.NewName(tokens, scope, "loop variable");
        tokens.Expect("=");
        var first = new WholeParser(tokens, scope).Number();
        tokens.Expect("..");
        var last = new WholeParser(tokens, scope).Number();
        var step = tokens.TryTake("step") ? new WholeParser(tokens, scope).Number() : new Whole(_ => 1, IsConstant: true);
        tokens.ExpectEnd();
        if (step.IsConstant && step.Value(Frame.Constant(source)) == 0)
            throw tokens.Problem(LoopStatement.ZeroStep);
        var slot = scope.Declare(name);
        var body = Read(line, out _, mayHaveElse: false);
        scope.Forget();
        return new LoopStatement(line.Number, slot, (first, last, step), body);
    }

    private ChoiceStatement ReadChoice(SourceLine line)
    {
        var tokens = new TokenReader(line, source);
        tokens.Expect("if");
        var condition = new WholeParser(tokens, scope).Condition();
        tokens.ExpectEnd();
        var then = Read(line, out var hasElse, mayHaveElse: true);
        return new ChoiceStatement(line.Number, condition, then, hasElse ? Read(line, out _, mayHaveElse: false) : []);
    }

    private void RequireAlone(SourceLine line)
    {
        if (line.Rest.Length > 0)
            throw source.Problem(line.Number, $"{DefinitionSource.Quote(line.Rest)} after '{line.Keyword}' is too much; it stands alone in its line");
    }
}
