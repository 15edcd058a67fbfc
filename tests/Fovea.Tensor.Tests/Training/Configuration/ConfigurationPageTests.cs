using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training.Configuration;

/// <summary>
/// The settings that docs/configuration.md lists are those that are declared, with their defaults, what they may be, and how their meaning begins.
/// </summary>
public partial class ConfigurationPageTests
{
    [Fact]
    public void Page_ListsEverySettingAsItIsDeclared()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "configuration.md"));
        var rows = Row().Matches(page[page.IndexOf("## Settings", StringComparison.Ordinal)..]).ToDictionary(row => row.Groups["key"].Value, row => row.Groups);
        Assert.Equal(RunSettings.All.Select(setting => setting.Key).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(RunSettings.All, setting =>
        {
            var row = rows[setting.Key];
            Assert.Equal(Plain(setting.DefaultText), Plain(row["default"].Value));
            Assert.Equal(Plain(setting.Allowed), Plain(row["allowed"].Value));
            Assert.StartsWith(Plain(setting.Help), Plain(row["meaning"].Value), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Declarations_HaveALineOfHelpAndSayWhatTheyAffect() => Assert.All(RunSettings.All, setting =>
    {
        Assert.NotEmpty(setting.Help);
        Assert.DoesNotContain('\n', setting.Help);
        Assert.NotEqual(default, setting.Affects & ~Affects.OnlyWithCircuits);
    });

    // Without what Markdown adds, and numbers however they are written.
    private static string Plain(string text) => Number().Replace(
        text.Replace("`", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal),
        number => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\| `(?<key>[\w.]+)` \| (?<default>[^|]+) \| (?<allowed>[^|]+) \| (?<meaning>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)?([eE]-?\d+)?(?![\w.])")]
    private static partial Regex Number();
}
