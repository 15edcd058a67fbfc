namespace Fovea.Hardware.Exchange.Parsing;

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
