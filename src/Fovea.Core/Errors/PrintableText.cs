using System.Globalization;

namespace Fovea.Core.Errors;

/// <summary>Text from outside as it can stand in a message: one line, nothing that turns the writing of a terminal round, cut where it is long.</summary>
public static class PrintableText
{
    /// <summary>Characters of a word or a name that are shown.</summary>
    public const int OfAWord = 40;

    /// <summary>Characters of a sentence that are shown.</summary>
    public const int OfASentence = 200;

    /// <summary>Whether a character breaks a line or is not seen: a control, the end of a line or paragraph, a mark of direction.</summary>
    public static bool IsHidden(char unit) => char.GetUnicodeCategory(unit) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>The text with ? for each hidden character, and … for what is beyond its length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that are shown at most.</param>
    public static string Of(string text, int most = OfAWord)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Not between the two halves of a character.
        var cut = text.Length > most && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        var shown = string.Concat(text.Take(cut).Select(unit => IsHidden(unit) ? '?' : unit));
        return text.Length > most ? shown + "…" : shown;
    }
}
