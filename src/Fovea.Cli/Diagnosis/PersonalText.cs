using System.Text.RegularExpressions;

namespace Fovea.Cli.Diagnosis;

/// <summary>Takes out of a text what tells who wrote it, so that it can be shown to others.</summary>
/// <param name="home">The user's own folder; empty for none.</param>
/// <param name="names">Names of the user and the machine.</param>
internal sealed class PersonalText(string home, params IEnumerable<string> names)
{
    private const string Hidden = "…";

    // Of one letter a name would blot out half of the text.
    private readonly string[] _names = [.. names.Where(name => name.Length > 1)];

    /// <summary>That of this process's user on this machine.</summary>
    internal static PersonalText Here => new(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.UserName, Environment.MachineName);

    /// <summary>The user's folder becomes ~, the names wherever they stand as a word become …</summary>
    internal string Shorten(string text)
    {
        if (home.Length > 1) text = Regex.Replace(text, Regex.Escape(home) + @"(?=$|[\\/\s,;:)'""])", "~");
        return _names.Aggregate(text, (shown, name) => Regex.Replace(shown, $@"(?<![\w.-]){Regex.Escape(name)}(?![\w-])", Hidden));
    }
}
