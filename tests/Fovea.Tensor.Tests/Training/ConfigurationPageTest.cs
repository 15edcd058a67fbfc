using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training;

/// <summary>The settings that docs/configuration.md lists are those that exist, with the defaults that they have.</summary>
public partial class ConfigurationPageTest
{
    // It has no default that a configuration without it would hold.
    private const string NeverResolved = "quantum.ansatz_definition";

    [Fact]
    public void Page_lists_every_setting_with_its_default()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "configuration.md"));
        var listed = Row().Matches(page[page.IndexOf("## Settings", StringComparison.Ordinal)..])
            .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value);
        var existing = RunConfigReader.FromToml("", "empty.toml").Settings
            .Where(setting => setting.Key != "name") // it falls back to the file's name
            .ToDictionary(setting => setting.Key, setting => Shown(setting.Value));

        Assert.True(listed.Remove("name"));
        Assert.True(listed.Remove(NeverResolved));
        Assert.Equal(Lines(existing), Lines(listed.ToDictionary(row => row.Key, row => Shown(row.Value))));
    }

    private static IEnumerable<string> Lines(Dictionary<string, string> settings) => settings.Select(setting => $"{setting.Key} = {setting.Value}").Order(StringComparer.Ordinal);

    private static string Shown(object value)
    {
        var text = (value as string ?? SettingsText.Value(value)).Replace("\"", "", StringComparison.Ordinal);
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var number)) return number.ToString(CultureInfo.InvariantCulture);
        return text.Length == 0 ? "none" : text;
    }

    [GeneratedRegex(@"^\| `(?<key>[\w.]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
