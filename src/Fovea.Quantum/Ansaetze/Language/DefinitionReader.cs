using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>Reads the text of an ansatz.</summary>
internal sealed class DefinitionReader
{
    private readonly DefinitionSource _source;
    private readonly LineCursor _lines;
    private readonly Header _header;
    private readonly IReadOnlyDictionary<string, Block> _blocks;
    private readonly Dictionary<string, (int Line, Section Section)> _sections = [];

    private DefinitionReader(string text, string source, IReadOnlyCollection<string> taken)
    {
        _source = new DefinitionSource(source);
        var lines = SourceText.Lines(text, _source);
        _lines = new LineCursor(lines);
        _header = new Header(_source, taken);
        _header.ReadFirst(lines[0]);
        _lines.Advance();
        _blocks = BlockReader.Declare(lines, _source);
    }

    /// <summary>Reads a definition.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="taken">Names that it may not have.</param>
    /// <exception cref="InputException">It breaks a rule; the message is one line with the number of the line.</exception>
    public static Ansatz Read(string text, string source, IReadOnlyCollection<string> taken)
    {
        var reader = new DefinitionReader(text, source, taken);
        return new Ansatz(reader._header, reader.ReadAll(), text);
    }

    private LayerDefinition ReadAll()
    {
        while (_lines.Next is { } line)
        {
            _lines.Advance();
            if (!_header.TryRead(line))
                ReadPart(line);
        }

        new BlockCycles(_source).Check(_blocks.Values);
        return _sections.TryGetValue("layer", out var layer)
            ? new LayerDefinition(_source, _sections.TryGetValue("initial", out var initial) ? initial.Section : null, layer.Section)
            : throw _source.Problem(_lines.LastNumber, "the file ends without a section 'layer'; it holds the gates of each layer");
    }

    private void ReadPart(SourceLine line)
    {
        switch (line.Keyword)
        {
            case "block":
                var block = _blocks[new TokenReader(line, _source).After(1).Text];
                block.Body = Body(block.Scope, block.Calls).Read(line);
                break;
            case "initial" or "layer":
                ReadSection(line);
                break;
            default:
                throw Misplaced(line);
        }
    }

    private void ReadSection(SourceLine line)
    {
        if (line.Rest.Length > 0)
            throw _source.Problem(line.Number, $"{DefinitionSource.Quote(line.Rest)} after '{line.Keyword}' is too much; it stands alone in its line");
        if (_sections.TryGetValue(line.Keyword, out var earlier))
            throw _source.Problem(line.Number, $"section '{line.Keyword}' is there already, in line {earlier.Line}; allowed: once");
        var scope = Scope.OfLayer();
        var body = Body(scope, []).Read(line);
        _sections.Add(line.Keyword, (line.Number, new Section(body, scope.Size)));
    }

    private BodyReader Body(Scope scope, IList<(int Line, Block Called)> calls) => new(_lines, _source, _blocks, scope, calls);

    private InputException Misplaced(SourceLine line)
    {
        var keyword = line.Keyword;
        if (keyword is "end" or "else")
            return _source.Problem(line.Number, $"'{keyword}' closes nothing");
        if (Keywords.Statements.Contains(keyword) || NamedGate.Find(keyword) is not null || _blocks.ContainsKey(keyword))
            return _source.Problem(line.Number, $"'{keyword}' stands outside the sections; gates go between 'layer', 'initial' or 'block' and its 'end'");
        return _source.Problem(
            line.Number,
            $"unknown keyword {DefinitionSource.Quote(keyword)}{NearestName.Hint(keyword, Keywords.Top)}; allowed here: {string.Join(", ", Keywords.Top)}");
    }
}

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
        var first = new WholeNumberParser(tokens, scope).Number();
        tokens.Expect("..");
        var last = new WholeNumberParser(tokens, scope).Number();
        var step = tokens.TryTake("step") ? new WholeNumberParser(tokens, scope).Number() : new WholeNumber(_ => 1, IsConstant: true);
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
        var condition = new WholeNumberParser(tokens, scope).Condition();
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
