using System.Text.RegularExpressions;

namespace Fovea.Tests.Cli;

/// <summary>The page on the command line names the commands that there are.</summary>
public sealed partial class CommandLinePageTests
{
    [Fact]
    public void Page_Commands_AreThoseOfTheProgram()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose pages are out of reach");
        var page = File.ReadAllText(Path.Combine(folder!.FullName, "docs", "command-line.md"));
        var offered = FoveaCommand.Run("[suggest:0]", "").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => char.IsAsciiLetter(name[0]));
        Assert.Equal(offered.Order(StringComparer.Ordinal), Row().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `fovea ([a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
