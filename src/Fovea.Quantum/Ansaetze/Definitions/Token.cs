namespace Fovea.Quantum.Ansaetze.Definitions;

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
