using Fovea.Tests.Torch;

namespace Fovea.Tests.Cli;

/// <summary>What the program offers to a shell, and the scripts that ask it.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("sam", "sample")]
    [InlineData("circuit pl", "plan")]
    [InlineData("circuit plan --encoding ", "amplitude iqp X Y Z")]
    [InlineData("circuit run x --mitigate ", "none readout zne")]
    [InlineData("circuit run x --method ", "density exact trajectories")]
    [InlineData("circuit run x --js", "--json")]
    [InlineData("evaluate --split ", "all test train val")]
    [InlineData("sample x --device ", "auto cpu cuda")]
    [InlineData("study run study-paper-6", "study-paper-64")]
    [InlineData("train x --set quantum.qubit", "quantum.qubits=")]
    [InlineData("completion ", "bash fish pwsh zsh")]
    public void Suggest_ALine_OffersWhatIsAllowed(string line, string offered)
    {
        var result = FoveaCommand.Run($"[suggest:{line.Length}]", line);
        result.AssertSuccess();
        Assert.Equal("", result.Error);
        // The parser offers options wherever one may stand; the scripts leave them out where no dash was begun.
        var values = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(value => line.Contains(" --js", StringComparison.Ordinal) || value[0] is not ('-' or '/'));
        Assert.Equal(offered, string.Join(' ', values));
    }

    [Fact]
    public void Bash_SourcedScript_CompletesValuesAndPretrainedRuns()
    {
        Assert.SkipUnless(Path.Exists("/bin/bash") || Path.Exists("/usr/bin/bash"), "needs bash");
        // As readline calls it; it takes a colon for the end of a word.
        var result = FoveaProcess.RunScript("""
            source <("$0" completion bash)
            complete -p fovea
            offer() {
              COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2))
              _fovea "$0"
              echo "${COMPREPLY[*]}"
            }
            offer "fovea evaluate --split t" fovea evaluate --split t
            offer "fovea sample pretrained:fundus-64-q" fovea sample pretrained : fundus-64-q
            """);
        result.AssertSuccess();
        Assert.Equal(["complete -o default -F _fovea fovea", "test train", "fundus-64-quantum"], result.Output.Split('\n')[..^1]);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("zsh", "#compdef fovea\n", "compdef _fovea fovea\n")]
    [InlineData("fish", "# Completion of fovea.", "complete -c fovea -a '(__fovea_complete)'\n")]
    [InlineData("pwsh", "# Completion of fovea.", "}\n")]
    public void Completion_OtherShells_PrintTheirScripts(string shell, string begins, string ends)
    {
        var result = FoveaCommand.Run("completion", shell);
        result.AssertSuccess();
        Assert.StartsWith(begins, result.Output, StringComparison.Ordinal);
        Assert.EndsWith(ends, result.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", result.Output, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("script"), result.Output);
        // Where the shell is here, it reads the script.
        if (shell != "pwsh") FoveaProcess.RunScript("if command -v $1 > /dev/null; then $1 -n \"$2\"; fi", shell, folder.File("script")).AssertSuccess();
    }

    [Theory]
    [InlineData("completion", "SHELL is missing")]
    [InlineData("completion tcsh", "SHELL tcsh is not allowed; allowed: bash, zsh, pwsh, fish")]
    public void Completion_BadInput_IsOneLine(string line, params string[] words) => FoveaCommand.Run(line.Split(' ')).AssertBadInput(words);
}
