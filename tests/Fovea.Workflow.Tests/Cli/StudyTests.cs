using Fovea.Study.Definitions;

namespace Fovea.Tests.Cli;

/// <summary>The shipped study on phantoms from its name to its report, as the documentation has it.</summary>
public sealed class StudyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-study-").FullName;

    private string Study => Path.Combine(_folder, "study");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RunAndReport_StudySmoke_GivesEveryCellAPageAndTheCommandsToRepeatThem()
    {
        // One half in processes of their own, the other here.
        FoveaProcess.Run("study", "run", "study-smoke", "--out", Study, "--jobs", "2", "--shard", "1/2").AssertSuccess();
        var rest = FoveaCommand.Run("study", "run", "study-smoke", "--out", Study, "--threads", "1");
        rest.AssertSuccess();
        Assert.Contains("2 cells run, 2 were finished before", rest.Output, StringComparison.Ordinal);
        string[] cells = ["classical-all-seed0", "classical-all-seed1", "quantum-all-seed0", "quantum-all-seed1"];
        Assert.Equal(cells, Directory.GetFiles(Path.Combine(Study, "cells"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        var again = FoveaCommand.Run("study", "run", "study-smoke", "--out", Study, "--threads", "1");
        again.AssertSuccess();
        Assert.Contains("0 cells run, 4 were finished before", again.Output, StringComparison.Ordinal);
        var report = FoveaCommand.Run("study", "report", Study, "--markdown");
        report.AssertSuccess();
        Assert.Contains("| quantum |", report.Output, StringComparison.Ordinal);
        var json = FoveaCommand.Run("study", "report", Study, "--json");
        json.AssertSuccess();
        Assert.Equal(File.ReadAllText(Path.Combine(Study, "report.json")), json.Output);
        Assert.Contains("report: ", json.Error, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Study, "report.html"));
        Assert.All(cells, cell => Assert.Contains($"--cell {cell}", page, StringComparison.Ordinal));
        Assert.Contains("n = 2 seeds", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.All(["report.json", "report.csv", "comparisons.csv"], name => Assert.True(new FileInfo(Path.Combine(Study, name)).Length > 100));
    }

    [Fact]
    public void Emit_StudySmoke_IsAScriptThatBashAccepts()
    {
        var path = Path.Combine(_folder, "job.sh");
        FoveaCommand.Run("study", "emit", "study-smoke", "--engine", "slurm", "--out", Study, "--script", path).AssertSuccess();
        Assert.Contains("#SBATCH --array", File.ReadAllText(path), StringComparison.Ordinal);
        FoveaProcess.RunScript("bash -n \"$1\"", path).AssertSuccess();
        // A script may have been edited since.
        FoveaCommand.Run("study", "emit", "study-smoke", "--engine", "slurm", "--out", Study, "--script", path).AssertBadInput(path, "--force");
        FoveaCommand.Run("study", "emit", "study-smoke", "--engine", "slurm", "--out", Study, "--script", path, "--force").AssertSuccess();
        // What is read is no script.
        var study = Path.Combine(_folder, "mine.toml");
        File.WriteAllText(study, ShippedStudies.Read("study-smoke").Text);
        FoveaCommand.Run("study", "emit", study, "--out", Study, "--script", study, "--force").AssertBadInput(study, "is read, and is not replaced");
    }

    [Theory]
    [InlineData("run study-smok --threads 1", "study-smok", "did you mean 'study-smoke'?")]
    [InlineData("run study-paper-64 --threads 1", "--data")]
    [InlineData("run study-smoke --cell quantum-all-seed7 --threads 1", "quantum-all-seed7", "quantum-all-seed0")]
    [InlineData("run study-smoke --shard 3/2 --threads 1", "--shard 3/2", "i/n with i from 1 to n")]
    [InlineData("run study-smoke --jobs 0 --threads 1", "--jobs 0", "1 to")]
    [InlineData("emit study-smoke --engine pbs --data x", "--engine pbs", "slurm, kubernetes")]
    [InlineData("emit study-smoke --engine kubernetes --claim c --mount /w", "--image is missing")]
    [InlineData("emit study-smoke --engine kubernetes --image i --claim c --mount /w --partition p", "--partition is for --engine slurm only")]
    [InlineData("emit study-smoke --claim c", "--claim is for --engine kubernetes only")]
    public void Study_BadInput_IsOneLine(string arguments, params string[] words)
    {
        FoveaCommand.Run(["study", .. arguments.Split(' '), "--out", Study]).AssertBadInput(words);
        Assert.False(Directory.Exists(Path.Combine(Study, "cells")));
    }

    [Fact]
    public void Report_NothingFinished_IsOneLine() => FoveaCommand.Run("study", "report", _folder).AssertBadInput(_folder);
}
