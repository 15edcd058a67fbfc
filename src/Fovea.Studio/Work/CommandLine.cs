namespace Fovea.Studio.Work;

/// <summary>Command lines as a user would type them.</summary>
internal static class CommandLine
{
    /// <summary>The line for a POSIX shell.</summary>
    internal static string Text(IEnumerable<string> arguments) => string.Join(' ', arguments.Prepend("fovea").Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-:=+,%@".Contains(letter, StringComparison.Ordinal)) ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
