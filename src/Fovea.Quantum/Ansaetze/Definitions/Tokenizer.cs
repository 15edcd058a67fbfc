using System.Text.RegularExpressions;

namespace Fovea.Quantum.Ansaetze.Definitions;

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
