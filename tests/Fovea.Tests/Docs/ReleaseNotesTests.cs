using System.Diagnostics;

namespace Fovea.Tests.Docs;

/// <summary>The script that cuts the notes of a release out of the changelog.</summary>
public sealed class ReleaseNotesTests
{
    [Fact]
    public void Script_NoVersion_PrintsTheNewestSectionAlone()
    {
        var (code, notes, _) = Run();
        Assert.Equal(0, code);
        Assert.StartsWith("### ", notes, StringComparison.Ordinal);
        var changelog = File.ReadAllText(Path.Combine(Root(), "CHANGELOG.md"));
        var first = changelog.IndexOf("\n## ", StringComparison.Ordinal) + 1;
        var section = changelog[first..changelog.IndexOf("\n## ", first, StringComparison.Ordinal)];
        Assert.Equal(section[section.IndexOf('\n', StringComparison.Ordinal)..].Trim(), notes.Trim());
    }

    [Fact]
    public void Script_AVersion_PrintsThatSection() => Assert.StartsWith("The first version.", Run("0.1.0").Output, StringComparison.Ordinal);

    [Fact]
    public void Script_UnknownVersion_IsOneLine() => Assert.Equal((2, "", "CHANGELOG.md: has no section 9.9.9\n"), Run("9.9.9"));

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        var start = new ProcessStartInfo("bash", [Path.Combine(Root(), "build", "release-notes.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose pages are out of reach");
        return folder!.FullName;
    }
}
