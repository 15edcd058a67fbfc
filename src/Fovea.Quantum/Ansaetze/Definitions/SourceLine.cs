namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>One line of a definition that says something: without comment and outer blanks.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Text">What it says, never empty.</param>
internal sealed record SourceLine(int Number, string Text)
{
    /// <summary>The first word.</summary>
    public string Keyword => Text[..KeywordLength];

    /// <summary>What follows the first word.</summary>
    public string Rest => Text[KeywordLength..].Trim(' ', '\t');

    private int KeywordLength => Text.AsSpan().IndexOfAny(" \t(") is var end and >= 0 ? end : Text.Length;
}
