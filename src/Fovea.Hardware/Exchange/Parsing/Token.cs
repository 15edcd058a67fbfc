namespace Fovea.Hardware.Exchange.Parsing;

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
        : $"'{Printable(Text.Length > 40 ? string.Concat(Text.AsSpan(0, 40), "…") : Text)}'";

    // A message is one line whatever the text holds.
    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
