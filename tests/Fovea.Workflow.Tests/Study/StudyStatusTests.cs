using System.Text.Json;
using Fovea.Core.Files;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Results;
using Fovea.Study.Running;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Study;

/// <summary>Where a study stands, read from its folder.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class StudyStatusTests(TinyStudy studies) : IClassFixture<TinyStudy>
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Read_OneOfEach_TellsThemApart()
    {
        var folder = Crafted();
        Directory.CreateDirectory(folder.Failures);
        File.WriteAllText(folder.FailureOf("quantum-all-seed1"), "it broke\n");
        Log(folder, "frozen-all-seed0", (50, 2.0), (100, 4.0));
        Log(folder, "quantum-all-seed0", (200, 5.0));
        using var held = FileLock.TryTake(Path.Combine(folder.WorkOf("frozen-all-seed0"), ".lock"));
        var status = StudyStatus.Read(folder, CraftedStudy.Definition([0, 1]) with { Set = ["denoiser.training.steps=400"], Arms = Arms() }, s_now);
        Assert.Equal(
            [CellStanding.Finished, CellStanding.Waiting, CellStanding.Waiting, CellStanding.Failed, CellStanding.Running, CellStanding.Waiting],
            status.Cells.Select(cell => cell.State));
        var running = status.Cells[4];
        Assert.Equal(("frozen-all-seed0", 100L, 400L, 4.0), (running.Name, running.Step, running.Steps, running.StepsPerSecond));
        Assert.Equal("it broke", status.Cells[3].Reason);
        // Two whole cells, one of which half is left, one of which three quarters are left; one process works on them.
        var whole = CraftedStudy.Cell("classical", 0, "", 1).Costs is var costs ? costs.DenoiserSeconds + costs.JudgingSeconds : 0;
        Assert.Equal(whole * (1 + 1 + 0.5 + 0.75), status.SecondsLeft!.Value, 6);
        string[] lines = [.. status.Lines()];
        Assert.StartsWith("crafted: 1 of 6 cells finished, 1 running, 1 failed; about", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["classical all done ·", "quantum all (50%) failed", "frozen all 25% ·"],
            lines[2..5].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("frozen-all-seed0: step 100 of 400, 4.0 steps/s", lines[5]);
        Assert.Equal("quantum-all-seed1 failed: it broke", lines[6]);
    }

    [Fact]
    public void Read_ResultOfOtherSettings_Waits()
    {
        var folder = Crafted();
        StudyJson.Write(
            folder.Record,
            new StudyRecord(
                StudyRecord.CurrentFormat, "crafted", "d", "phantom", 32, 10, 5,
                new Dictionary<string, string> { ["classical-all-seed0"] = "another" }));
        // The training that it came from lies there yet.
        Log(folder, "classical-all-seed0", (400, 4));
        var cell = StudyStatus.Read(folder, CraftedStudy.Definition([0]) with { Set = [], Arms = Arms() }, s_now).Cells[0];
        Assert.Equal((CellStanding.Waiting, 0), (cell.State, cell.Step));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"steps\": null, \"seeds\": [1], \"arms\": [{\"arm\": \"a\", \"tries\": null, \"chosen\": \"b\"}]}")]
    [InlineData("[]")]
    public void Read_TuningOfAnotherShape_IsDamaged(string json)
    {
        var path = Path.Combine(Crafted().Path, "tuning.json");
        File.WriteAllText(path, json);
        var message = Assert.Throws<Core.Errors.InputException>(() => StudyJson.Read<TuningResult>(path)).Message;
        Assert.Contains("is damaged", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    // The configuration may be a file beside the study's, which is not in its folder.
    [Fact]
    public void Read_ConfigurationThatLiesElsewhere_HasTheStepsOfTheRecord()
    {
        var folder = Crafted();
        StudyJson.Write(
            folder.Record,
            new StudyRecord(StudyRecord.CurrentFormat, "crafted", "d", "phantom", 32, 10, 5, Steps: Arms().ToDictionary(arm => arm.Name, _ => 77)));
        var status = StudyStatus.Read(folder, CraftedStudy.Definition([0]) with { Config = "base-that-lies-elsewhere.toml", Arms = Arms() }, s_now);
        Assert.Contains(status.Cells, cell => cell.Steps == 77);
    }

    [Theory]
    [InlineData("study.toml", "has cells of a study and no study.toml; copy it from the folder that 'fovea study run' made")]
    [InlineData("study.json", "has cells of a study and no study.json; copy it")]
    [InlineData("cells", "is not a study's folder")]
    public void Open_WithoutAPart_SaysWhatIsWanted(string part, string words)
    {
        var folder = Crafted();
        if (part == "cells")
        {
            Directory.Delete(folder.Cells, recursive: true);
            File.Delete(folder.Definition);
        }
        else
        {
            File.Delete(Path.Combine(folder.Path, part));
        }

        Assert.Contains(words, Assert.Throws<Core.Errors.InputException>(() => StudyFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsHeld_LooksWithoutTaking()
    {
        var path = Path.Combine(studies.NewFolder(), "lock");
        Assert.False(FileLock.IsHeld(path));
        using (FileLock.TryTake(path)) Assert.True(FileLock.IsHeld(path));
        Assert.False(FileLock.IsHeld(path));
        using var again = FileLock.TryTake(path);
        Assert.NotNull(again);
    }

    [Fact]
    public void Execute_LeavesTheStatusOfItsEnd()
    {
        using var status = JsonDocument.Parse(File.ReadAllText(Path.Combine(studies.FinishedFolder, "status.json")));
        Assert.Equal("tiny", status.RootElement.GetProperty("study").GetString());
        Assert.Equal(
            ["finished", "waiting", "waiting"], status.RootElement.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("state").GetString()));
        Assert.Equal(6, status.RootElement.GetProperty("cells")[0].GetProperty("step").GetInt32());
    }

    [Fact]
    public void RepeatedWork_ThatTakesLongerThanItsInterval_IsDoneOneAtATime()
    {
        var (running, most, done, meanwhile) = (0, 0, 0, (0, 0));
        using var slow = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        using (new RepeatedWork(Work, TimeSpan.FromMilliseconds(2)))
        {
            // Some hundred fall due while the first is at work.
            Thread.Sleep(200);
            meanwhile = (Volatile.Read(ref most), Volatile.Read(ref done));
            slow.Set();
            Assert.True(second.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        }

        Assert.Equal((1, 0), meanwhile);
        var atTheEnd = Volatile.Read(ref done);
        Assert.Equal((1, 0), (most, running));
        Thread.Sleep(20);
        Assert.Equal(atTheEnd, Volatile.Read(ref done));

        void Work()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            slow.Wait();
            Interlocked.Decrement(ref running);
            if (Interlocked.Increment(ref done) == 2) second.Set();
        }
    }

    private static IReadOnlyList<Fovea.Study.Definitions.StudyArm> Arms() => [.. CraftedStudy.Definition([0]).Arms.Select(arm => arm with { Set = [] })];

    // The first cell is finished.
    private StudyFolder Crafted()
    {
        var path = studies.NewFolder();
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "study.toml"), "");
        StudyJson.Write(Path.Combine(path, "study.json"), new StudyRecord(StudyRecord.CurrentFormat, "crafted", "d", "phantom", 32, 10, 5));
        CellResults.Write(path, CraftedStudy.Cell("classical", 0, "0101", 3));
        return StudyFolder.Open(path);
    }

    private static void Log(StudyFolder folder, string cell, params (int Step, double Rate)[] steps)
    {
        var run = Directory.CreateDirectory(Path.Combine(folder.WorkOf(cell), "run")).FullName;
        File.WriteAllLines(
            Path.Combine(run, "metrics.jsonl"),
            steps.Select(entry => $$"""{"stage": "denoiser", "step": {{entry.Step}}, "loss": 0.5, "steps_per_second": {{entry.Rate}}}"""));
    }
}
