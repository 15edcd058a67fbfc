using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Where a definition comes from, as its messages name it.</summary>
internal sealed class DefinitionSource(string name)
{
    private const int LongestQuote = 40;

    /// <summary>The name, on one line.</summary>
    public string Name { get; } = Printable(name);

    /// <summary>"my.ansatz:12: what is wrong".</summary>
    public InputException Problem(int line, string what) => new($"{Name}:{line}: {what}");

    /// <summary>A problem of the whole text.</summary>
    public InputException Problem(string what) => new($"{Name}: {what}");

    /// <summary>A piece of the text in quotes, shortened, with nothing in it that could break the line.</summary>
    public static string Quote(string text) =>
        $"'{Printable(text.Length <= LongestQuote ? text : text[..LongestQuote] + "…")}'";

    /// <summary>Whether a character can break a line or a terminal.</summary>
    public static bool IsUnprintable(char unit) => char.IsControl(unit) || unit is '\u2028' or '\u2029';

    private static string Printable(string text) => string.Concat(text.Select(unit => IsUnprintable(unit) ? '?' : unit));
}
