using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Tests.Torch;
using Fovea.Torch.Safetensors;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training;

/// <summary>The log and the checkpoints of a run.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class RunFilesTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MetricsLog_OpenedAgain_DropsLaterStepsOfItsStageAndCutLines()
    {
        var path = _folder.File("metrics.jsonl");
        using (var log = new MetricsLog(path, "a", 0))
        {
            for (var step = 1; step <= 5; step++) log.Write("a", step, Figures(step));
            for (var step = 1; step <= 3; step++) log.Write("b", step, Figures(step));
        }

        File.AppendAllText(path, "{\"stage\":\"a\",\"step\":");
        using (var log = new MetricsLog(path, "a", 3)) log.Write("a", 4, Figures(40));
        Assert.Equal(["a1=1", "a2=2", "a3=3", "b1=1", "b2=2", "b3=3", "a4=40"], File.ReadLines(path).Select(Short));
    }

    [Fact]
    public void MetricsLog_FigureThatIsNotFinite_IsNull()
    {
        var path = _folder.File("metrics.jsonl");
        using (var log = new MetricsLog(path, "a", 0)) log.Write("a", 1, Figures(double.NaN));
        Assert.Equal("""{"stage":"a","step":1,"loss":null}""", File.ReadAllText(path).TrimEnd());
    }

    [Fact]
    public void MetricsLog_BeingWritten_CanBeRead()
    {
        var path = _folder.File("metrics.jsonl");
        using var log = new MetricsLog(path, "a", 0);
        log.Write("a", 1, Figures(2));
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("a1=2", Short(reader.ReadLine()!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void CheckpointStore_ManySaves_KeepsTheLastOnesOfItsStage(int keep)
    {
        using var stage = new CountingStage("denoiser", 10);
        using var other = new CountingStage("autoencoder", 10);
        new CheckpointStore(_folder.Path, other.Name, keep).Save(other, 7);
        var store = new CheckpointStore(_folder.Path, stage.Name, keep);
        Assert.Null(store.Latest);
        for (var step = 0; step < 6; step++)
        {
            stage.Step(step);
            store.Save(stage, step + 1);
        }

        Assert.Equal(
            Enumerable.Range(7 - keep, keep).Select(s => $"denoiser-{s:D8}.safetensors").Prepend("autoencoder-00000007.safetensors"),
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var fresh = new CountingStage("denoiser", 10);
        Assert.Equal(6, store.Restore(fresh));
        Assert.Equal(6, fresh.Count);
    }

    [Fact]
    public void CheckpointStore_NoCheckpoint_StartsAtZero()
    {
        using var stage = new CountingStage("denoiser", 10);
        Assert.Equal(0, new CheckpointStore(_folder.Path, stage.Name, 1).Restore(stage));
        Assert.Equal(0, stage.Count);
    }

    [Fact]
    public void CheckpointStore_ForeignFile_IsRefused()
    {
        using var stage = new CountingStage("denoiser", 10);
        var path = _folder.File("denoiser-00000003.safetensors");
        SafetensorsFile.Save(path, stage.State());
        Assert.StartsWith(path, Assert.Throws<InputException>(() => new CheckpointStore(_folder.Path, "denoiser", 1).Restore(stage)).Message);
    }

    [Fact]
    public void CheckpointStore_CutFile_IsRefusedByName()
    {
        using var stage = new CountingStage("denoiser", 10);
        var store = new CheckpointStore(_folder.Path, "denoiser", 1);
        store.Save(stage, 3);
        File.WriteAllBytes(store.Latest!, File.ReadAllBytes(store.Latest!)[..^2]);
        Assert.StartsWith(store.Latest!, Assert.Throws<InputException>(() => store.Restore(stage)).Message);
    }

    private static Dictionary<string, double> Figures(double loss) => new() { ["loss"] = loss };

    private static string Short(string line)
    {
        var entry = JsonDocument.Parse(line).RootElement;
        return $"{entry.GetProperty("stage")}{entry.GetProperty("step")}={entry.GetProperty("loss")}";
    }
}
