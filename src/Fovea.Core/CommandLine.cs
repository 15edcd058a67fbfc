namespace Fovea.Core;

/// <summary>Command lines as a user would type them into a POSIX shell.</summary>
public static class CommandLine
{
    /// <summary>The line of this program with its arguments.</summary>
    public static string Text(IEnumerable<string> arguments) => string.Join(' ', arguments.Prepend("fovea").Select(Word));

    /// <summary>A word as the shell takes it for one: as it is, or between single quotes, where everything means itself.</summary>
    public static string Word(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // On Windows, whose paths have them, backslashes quote nothing.
        var plain = OperatingSystem.IsWindows() ? "/._-:=+,%@\\" : "/._-:=+,%@";
        return text.Length > 0
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || plain.Contains(letter, StringComparison.Ordinal))
            ? text
            : Quoted(text);
    }

    /// <summary>A word between single quotes.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
