namespace Fovea.Devices.Exchange.Parsing;

/// <summary>The words of a text, read in turn.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens)
{
    private int _index;

    /// <summary>The next word, not taken.</summary>
    public Token Peek => tokens[_index];

    public Token Take()
    {
        var token = tokens[_index];
        if (_index < tokens.Count - 1)
            _index++;
        return token;
    }

    /// <summary>Takes the next word if it is this symbol.</summary>
    public bool Accept(string symbol)
    {
        if (!Peek.IsSymbol(symbol))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes this symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="context">What it belongs to, for the message: "after a gate's qubits".</param>
    public Token Expect(string symbol, string context)
    {
        var token = Take();
        return token.IsSymbol(symbol) ? token : throw token.Position.Error($"unexpected {token}", $"'{symbol}' stands {context}");
    }

    /// <summary>Takes a name.</summary>
    public Token ExpectName(string context)
    {
        var token = Take();
        if (token.Kind != TokenKind.Identifier)
            throw token.Position.Error($"unexpected {token}", $"a name stands {context}");
        return UnsupportedWords.Find(token.Text) is { } what
            ? throw token.Position.Error($"{token}: {what}", "names differ from keywords")
            : token;
    }
}

/// <summary>Keywords of OpenQASM outside the subset, and what they belong to.</summary>
internal static class UnsupportedWords
{
    /// <summary>For messages.</summary>
    public const string AllowedStatements =
        "a statement is a declaration (qubit, bit, qreg, creg, input, const, gate), a gate, measure, barrier or reset";

    private static readonly Dictionary<string, string> Reasons = Build(
        ("control flow is not read", "if else for while switch case default break continue end in"),
        ("subroutines are not read", "def return extern"),
        ("calibrations are not read", "cal defcal defcalgrammar"),
        ("timing is not read", "delay box duration stretch durationof"),
        ("classical computation is not read", "let int uint float angle bool complex array output readonly mutable"),
        ("pragmas are not read", "pragma"),
        ("opaque gates have no matrix", "opaque"));

    /// <summary>Why a keyword is refused, or null for any other word.</summary>
    public static string? Find(string word) => Reasons.GetValueOrDefault(word);

    private static Dictionary<string, string> Build(params (string Reason, string Words)[] groups) => groups
        .SelectMany(group => group.Words.Split(' ').Select(word => (Word: word, group.Reason)))
        .ToDictionary(pair => pair.Word, pair => pair.Reason, StringComparer.Ordinal);
}
