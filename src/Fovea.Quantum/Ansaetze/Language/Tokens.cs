using System.Text.RegularExpressions;
using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>A piece of a line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a weight without the dollar sign.</param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    /// <summary>As messages show it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end of the line",
        TokenKind.Weight => DefinitionSource.Quote("$" + Text),
        _ => DefinitionSource.Quote(Text),
    };
}

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the line.</summary>
    End,

    /// <summary>A number without sign.</summary>
    Number,

    /// <summary>A word: a gate, a block, a variable or a keyword.</summary>
    Name,

    /// <summary>A shared weight, <c>$name</c>.</summary>
    Weight,

    /// <summary>An operator or a separator.</summary>
    Symbol,
}

/// <summary>Cuts a line into tokens.</summary>
internal static partial class Tokenizer
{
    /// <summary>The tokens of a line, without its end.</summary>
    /// <exception cref="Core.Errors.InputException">A character that begins no token.</exception>
    public static IReadOnlyList<Token> Tokens(SourceLine line, DefinitionSource source)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < line.Text.Length;)
        {
            var match = Piece().Match(line.Text, at);
            if (!match.Success)
                throw source.Problem(line.Number, $"the character {Name(line.Text[at])} has no meaning here");
            at += match.Length;
            foreach (var kind in new[] { TokenKind.Number, TokenKind.Name, TokenKind.Weight, TokenKind.Symbol })
            {
                if (match.Groups[kind.ToString()] is { Success: true } group)
                    tokens.Add(new Token(kind, group.Value));
            }
        }

        return tokens;
    }

    // Printable ASCII as it is, all else by its code, which cannot break a line.
    private static string Name(char unit) => unit is > ' ' and <= '~' ? $"'{unit}'" : $"U+{(int)unit:X4}";

    // Digits and letters are those of ASCII: \d and \w know many more. A number ends before the two dots of a range.
    [GeneratedRegex(
        """
        \G(?:[ \t]+
        |(?<Number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
        |(?<Name>[A-Za-z_][A-Za-z0-9_]*)
        |\$(?<Weight>[A-Za-z_][A-Za-z0-9_]*)
        |(?<Symbol>==|!=|<=|>=|\.\.|[-+*/%(),<>=]))
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();
}

/// <summary>Reads the tokens of one line from left to right.</summary>
internal sealed class TokenReader(SourceLine line, DefinitionSource source)
{
    private readonly IReadOnlyList<Token> _tokens = Tokenizer.Tokens(line, source);
    private int _next;

    /// <summary>The line's number.</summary>
    public int Line => line.Number;

    /// <summary>Where the line comes from.</summary>
    public DefinitionSource Source => source;

    /// <summary>The next token.</summary>
    public Token Next => After(0);

    /// <summary>Whether nothing is left.</summary>
    public bool IsAtEnd => Next.Kind == TokenKind.End;

    /// <summary>The token <paramref name="count"/> places after the next one.</summary>
    public Token After(int count) => _next + count < _tokens.Count ? _tokens[_next + count] : default(Token) with { Text = "" };

    /// <summary>Reads the next token.</summary>
    public Token Take()
    {
        var token = Next;
        _next++;
        return token;
    }

    /// <summary>Reads the next token if it is this symbol or word.</summary>
    public bool TryTake(string text)
    {
        var isIt = Next.Kind is TokenKind.Symbol or TokenKind.Name && Next.Text == text;
        if (isIt)
            _next++;
        return isIt;
    }

    /// <summary>Reads one of these symbols or words, or returns null.</summary>
    public string? TryTakeAny(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (TryTake(text))
                return text;
        }

        return null;
    }

    /// <summary>Reads this symbol or word.</summary>
    /// <exception cref="InputException">Something else is there.</exception>
    public void Expect(string text)
    {
        if (!TryTake(text))
            throw Unexpected($"'{text}'");
    }

    /// <summary>Reads a word.</summary>
    /// <exception cref="InputException">Something else is there.</exception>
    public string ExpectName(string what) => Next.Kind == TokenKind.Name ? Take().Text : throw Unexpected(what);

    /// <summary>Requires that nothing is left.</summary>
    /// <exception cref="InputException">Something is.</exception>
    public void ExpectEnd()
    {
        if (!IsAtEnd)
            throw Problem($"{Next} is too much; the statement is complete before it");
    }

    /// <summary>How many tokens from the next one, an opening parenthesis, its closing one is; -1 where there is none.</summary>
    public int DistanceToClosing()
    {
        var depth = 0;
        for (var at = 0; After(at).Kind != TokenKind.End; at++)
        {
            depth += After(at) is { Kind: TokenKind.Symbol, Text: "(" } ? 1 : After(at) is { Kind: TokenKind.Symbol, Text: ")" } ? -1 : 0;
            if (depth == 0)
                return at;
        }

        return -1;
    }

    /// <summary>A problem in this line.</summary>
    public InputException Problem(string what) => source.Problem(line.Number, what);

    /// <summary>"a wire is needed, not 'x'".</summary>
    public InputException Unexpected(string needed) => Problem($"{needed} is needed, not {Next}");
}
