using System.Text.RegularExpressions;

namespace Fovea.Tests.Cli;

/// <summary>What a run of the program left.</summary>
internal sealed partial record FoveaResult(int ExitCode, string Output, string Error)
{
    /// <summary>Exit code 2, one line on standard error that names the program and holds the words, no stack trace.</summary>
    public void AssertBadInput(params string[] words)
    {
        Assert.True(ExitCode == 2, $"exit code {ExitCode}: {Error}{Output}");
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fovea: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (var word in words) Assert.Contains(word, line, StringComparison.Ordinal);
    }

    public void AssertSuccess() => Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");

    /// <summary>Success, and nothing on standard error but the program's own lines: what it trains, how well it reconstructs, and progress.</summary>
    public void AssertQuiet()
    {
        AssertSuccess();
        Assert.DoesNotContain(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !Progress().IsMatch(line));
    }

    [GeneratedRegex("^([a-z ]+: .*(steps|images)|autoencoder: |denoiser: |reconstruction of )")]
    private static partial Regex Progress();
}
