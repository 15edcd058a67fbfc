using Fovea.Core.Errors;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>Cuts an OpenQASM text into words; comments and white space are dropped.</summary>
internal sealed class Lexer
{
    private const string SymbolCharacters = ";,()[]{}+-*/^@=:<>!%&|~#$.";
    private static readonly string[] PairSymbols = ["->", "**", "==", "+=", "++"];

    private readonly string _text;
    private readonly string _source;
    private int _index;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string text, string source)
    {
        _text = text;
        _source = source;
    }

    private char Current => _index < _text.Length ? _text[_index] : '\0';

    private char Next => _index + 1 < _text.Length ? _text[_index + 1] : '\0';

    private SourcePosition Position => new(_source, _line, _index - _lineStart + 1);

    /// <summary>All words, an <see cref="TokenKind.End"/> last.</summary>
    /// <exception cref="Fovea.Core.Errors.InputException">A character or a number that begins no word.</exception>
    public static IReadOnlyList<Token> Read(string text, string source)
    {
        var lexer = new Lexer(text, source);
        var tokens = new List<Token>();
        do
        {
            lexer.SkipBlank();
            tokens.Add(lexer.ReadToken());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private void Advance()
    {
        if (_text[_index++] != '\n')
            return;
        _line++;
        _lineStart = _index;
    }

    private void SkipBlank()
    {
        while (_index < _text.Length)
        {
            if (char.IsWhiteSpace(Current) || Current == '\uFEFF')
                Advance();
            else if (Current == '/' && Next == '/')
                SkipLine();
            else if (Current == '/' && Next == '*')
                SkipBlock();
            else
                return;
        }
    }

    private void SkipLine()
    {
        while (_index < _text.Length && Current != '\n')
            _index++;
    }

    private void SkipBlock()
    {
        var start = Position;
        _index += 2;
        while (!(Current == '*' && Next == '/'))
        {
            if (_index >= _text.Length)
                throw start.Error("the comment is not closed", "it ends with */");
            Advance();
        }

        _index += 2;
    }

    private Token ReadToken()
    {
        var start = Position;
        if (_index >= _text.Length)
            return new Token(TokenKind.End, "", start);
        if (IsNameStart(Current))
            return new Token(TokenKind.Identifier, Take(c => IsNameStart(c) || char.IsDigit(c)), start);
        if (char.IsAsciiDigit(Current) || (Current == '.' && char.IsAsciiDigit(Next)))
            return ReadNumber(start);
        if (Current is '"' or '\'')
            return ReadText(start);
        if (Array.Find(PairSymbols, pair => string.CompareOrdinal(_text, _index, pair, 0, 2) == 0) is { } symbol)
        {
            _index += 2;
            return new Token(TokenKind.Symbol, symbol, start);
        }

        if (!SymbolCharacters.Contains(Current, StringComparison.Ordinal))
            throw start.Error($"the character U+{(int)Current:X4} begins no word", "names, numbers, operators and comments are read");
        return new Token(TokenKind.Symbol, _text[_index++].ToString(), start);
    }

    private Token ReadNumber(SourcePosition start)
    {
        var begin = _index;
        Take(IsDigit);
        var kind = TokenKind.Integer;
        if (Current == '.')
        {
            kind = TokenKind.Float;
            _index++;
            Take(IsDigit);
        }

        if (Current is 'e' or 'E' && (char.IsAsciiDigit(Next) || (Next is '+' or '-' && HasDigitAt(_index + 2))))
        {
            kind = TokenKind.Float;
            _index += 2;
            Take(IsDigit);
        }

        if (IsNameStart(Current))
            throw start.Error("a number with letters after it", "numbers are decimal and have no units, like 2, 0.5 or 1e-3");
        return new Token(kind, _text[begin.._index].Replace("_", "", StringComparison.Ordinal), start);
    }

    private Token ReadText(SourcePosition start)
    {
        var quote = _text[_index++];
        var content = Take(c => c != quote && c != '\n');
        if (Current != quote)
            throw start.Error("the text is not closed", "it ends with a quotation mark on its line");
        _index++;
        return new Token(TokenKind.Text, content, start);
    }

    private string Take(Func<char, bool> belongs)
    {
        var begin = _index;
        while (_index < _text.Length && belongs(Current))
            _index++;
        return _text[begin.._index];
    }

    private bool HasDigitAt(int index) => index < _text.Length && char.IsAsciiDigit(_text[index]);

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    // Underscores separate digits: 1_000.
    private static bool IsDigit(char c) => char.IsAsciiDigit(c) || c == '_';
}

/// <summary>One word of an OpenQASM text.</summary>
/// <param name="Kind">Its sort.</param>
/// <param name="Text">As written, without quotation marks and digit separators.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, SourcePosition Position)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;

    /// <summary>For messages; long words are cut.</summary>
    public override string ToString() => Kind == TokenKind.End
        ? "the end of the text"
        : $"'{PrintableText.Of(Text)}'";
}

/// <summary>The sorts of words an OpenQASM text is made of.</summary>
internal enum TokenKind
{
    /// <summary>A name or a keyword.</summary>
    Identifier,

    /// <summary>Digits alone.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>Text between quotation marks, held without them.</summary>
    Text,

    /// <summary>An operator or a bracket.</summary>
    Symbol,

    /// <summary>After the last word.</summary>
    End,
}

/// <summary>A place in a text, for messages: "bell.qasm:3:7".</summary>
/// <param name="Source">Name of the text.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
internal readonly record struct SourcePosition(string Source, int Line, int Column)
{
    /// <summary>The exception for something wrong here: "bell.qasm:3:7: what; what is allowed".</summary>
    public InputException Error(string what, string allowed) => new($"{this}: {what}; {allowed}");

    public override string ToString() => $"{Source}:{Line}:{Column}";
}
