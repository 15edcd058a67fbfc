namespace Fovea.Cli.Terminal;

/// <summary>The flag by which the command line asks for an input of a library: the property's words with hyphens, but for those of another name.</summary>
internal static class InputFlags
{
    private static readonly Dictionary<string, string> OfOtherNames = new(StringComparer.Ordinal)
    {
        ["Dataset"] = "--data",
        ["Mitigation"] = "--mitigate",
        ["Output"] = "--out",
        ["Overrides"] = "--set",
    };

    /// <summary>Its flag.</summary>
    /// <param name="property">Name of the property.</param>
    public static string Name(string property) =>
        OfOtherNames.GetValueOrDefault(property) ?? "--" + string.Concat(property.Select(Letter));

    private static string Letter(char letter, int at) => char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString();
}
