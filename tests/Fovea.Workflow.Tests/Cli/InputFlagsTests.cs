using System.Text.RegularExpressions;
using Fovea.Cli.Terminal;

namespace Fovea.Tests.Cli;

/// <summary>What messages of the libraries name is what the command line asks for.</summary>
public sealed partial class InputFlagsTests
{
    [Theory]
    [InlineData("Count", "--count")]
    [InlineData("MaskGuidance", "--mask-guidance")]
    [InlineData("Overrides", "--set")]
    public void Name_Property_IsItsFlag(string property, string flag) => Assert.Equal(flag, InputFlags.Name(property));

    [Fact]
    public void Name_EveryNamedInput_IsAnOption()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose source is out of reach");
        var texts = Directory.EnumerateFiles(Path.Combine(folder!.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);
        var options = texts.Where(text => text.Key.Contains("Fovea.Cli", StringComparison.Ordinal))
            .SelectMany(text => Option().Matches(text.Value)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        string[] named = [.. texts.Values.SelectMany(text => Named().Matches(text)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];
        Assert.True(named.Length > 20, "few names were found: the pattern no longer fits");
        Assert.DoesNotContain(named, property => !options.Contains(InputFlags.Name(property)));
    }

    [GeneratedRegex(@"""(--[a-z][a-z-]+)""")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?:NamedInput\(""|NotAllowed\(nameof\((?:[a-z]\w*\.)?|NotAllowed\("")([A-Z]\w+)")]
    private static partial Regex Named();
}
