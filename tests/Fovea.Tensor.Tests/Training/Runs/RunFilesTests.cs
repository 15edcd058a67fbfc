using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Tests.Torch;
using Fovea.Torch.Safetensors;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training.Runs;

/// <summary>The log and the checkpoints of a run.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class RunFilesTests : IDisposable
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

        // Cut off, and whole lines that are none of the log's.
        File.AppendAllText(path, "{\"stage\":\"a\"}\n12\nnull\n\0\0\n{\"stage\":\"a\",\"step\":");
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

    [Fact]
    public void StageTime_ProcessesThatWentOn_CountsEachOfThem()
    {
        using var folder = RunFolder.ForTraining(_folder.File("run"), TinyRun.Config(), resume: false);
        void Work(long from, params (long Step, double Seconds)[] lines)
        {
            using var log = new RunLog(folder, "a", from);
            foreach (var (step, seconds) in lines) log.Write(step, new Dictionary<string, double>(), 1, TimeSpan.FromSeconds(seconds));
        }

        Work(0, (10, 4), (20, 7));
        Work(10, (20, 30), (30, 31)); // step 20 again, and its first line comes later than all of the process before it
        Work(30, (40, 2));
        Assert.Equal(4 + 31 + 2, StageTime.Seconds(folder.Metrics, "a"));
        Assert.Equal(0, StageTime.Seconds(folder.Metrics, "b"));
    }

    [Fact]
    public void StageTime_LogOfAnEarlierVersion_PartsWhereTheClockWentBack()
    {
        var path = _folder.File("metrics.jsonl");
        File.WriteAllLines(path, new[] { 4, 7, 2, 5 }.Select((seconds, k) => $$"""{"stage":"a","step":{{k}},"seconds":{{seconds}}}"""));
        Assert.Equal(12, StageTime.Seconds(path, "a"));
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

    [Theory]
    [InlineData("short")]
    [InlineData("content")]
    [InlineData("header")]
    [InlineData("empty")]
    public void CheckpointStore_DamagedNewest_FallsBackToTheOneBeforeAndTells(string damage)
    {
        using var stage = new CountingStage("denoiser", 10);
        var told = new List<string>();
        var store = new CheckpointStore(_folder.Path, "denoiser", 2) { Warn = told.Add };
        for (var step = 0; step < 4; step++)
        {
            stage.Step(step);
            if (step % 2 == 1) store.Save(stage, step + 1);
        }

        var (older, newest) = (_folder.File("denoiser-00000002.safetensors"), _folder.File("denoiser-00000004.safetensors"));
        File.WriteAllBytes(newest, Damage(damage, File.ReadAllBytes(newest)));
        using var fresh = new CountingStage("denoiser", 10);
        Assert.Equal(2, store.Restore(fresh));
        Assert.Equal(2, fresh.Count);
        Assert.Contains(newest, Assert.Single(told), StringComparison.Ordinal);
        Assert.EndsWith($"going on from {older}", told[0], StringComparison.Ordinal);
        Assert.True(File.Exists(newest));

        // What is saved before the damaged one's step is not taken for older than it and thrown away.
        store.Save(fresh, 3);
        Assert.Equal(3, new CheckpointStore(_folder.Path, "denoiser", 2).Restore(fresh));
    }

    [Fact]
    public void CheckpointStore_AllDamaged_IsOneLineAndDeletesNothing()
    {
        using var stage = new CountingStage("denoiser", 10);
        var store = new CheckpointStore(_folder.Path, "denoiser", 2);
        store.Save(stage, 1);
        store.Save(stage, 2);
        var files = Directory.GetFiles(_folder.Path);
        foreach (var file in files) File.WriteAllBytes(file, Damage("content", File.ReadAllBytes(file)));
        var failure = Assert.Throws<InputException>(() => store.Restore(stage));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains("no older checkpoint of the denoiser that is sound", failure.Message, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void RunLog_OpenedAgain_SaysInItsEventFileWhereItGoesOn()
    {
        using var folder = RunFolder.ForTraining(_folder.File("run"), TinyRun.Config(), resume: false);
        using (var log = new RunLog(folder, "a", 0))
            for (var step = 1; step <= 5; step++) log.Write(step, Figures(step), 1, TimeSpan.Zero);
        using (var log = new RunLog(folder, "a", 3))
            for (var step = 4; step <= 6; step++) log.Write(step, Figures(step), 1, TimeSpan.Zero);
        var files = Directory.GetFiles(Path.Combine(folder.TensorBoard, "a")).Order(StringComparer.Ordinal).Select(Events).ToList();
        Assert.Equal(2, files.Count);
        Assert.DoesNotContain(files[0], entry => entry.SessionLog is not null);
        Assert.Equal("brain.Event:2", files[1][0].FileVersion);
        Assert.Equal((4, Tensorboard.SessionLog.Types.SessionStatus.Start), (files[1][1].Step, files[1][1].SessionLog.Status));

        // As readers do: a start drops what came before it from its step on.
        var kept = files.SelectMany(entries => entries).Aggregate(new List<Tensorboard.Event>(), (all, entry) =>
        {
            if (entry.SessionLog is not null) all.RemoveAll(earlier => earlier.Step >= entry.Step);
            if (entry.Summary?.Value[0].Tag == "a/loss") all.Add(entry);
            return all;
        });
        Assert.Equal([1, 2, 3, 4, 5, 6], kept.Select(entry => entry.Step));
        Assert.Equal([1, 2, 3, 4, 5, 6], kept.Select(entry => entry.Summary.Value[0].SimpleValue));
        Assert.All(
            kept, entry => Assert.InRange(entry.WallTime, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1));
    }

    // Records of length, checksum, data, checksum.
    private static List<Tensorboard.Event> Events(string path)
    {
        var (bytes, events) = (File.ReadAllBytes(path), new List<Tensorboard.Event>());
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BitConverter.ToInt64(bytes, at);
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BitConverter.ToUInt32(bytes, at + 8));
            Assert.Equal(Masked(bytes.AsSpan(at + 12, length)), BitConverter.ToUInt32(bytes, at + 12 + length));
            events.Add(Tensorboard.Event.Parser.ParseFrom(bytes, at + 12, length));
            at += length + 16;
        }

        return events;
    }

    // CRC-32C bit by bit, by its polynomial.
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ ((sum & 1) == 1 ? 0x82F63B78 : 0);
        }

        sum = ~sum;
        return ((sum >> 15) | (sum << 17)) + 0xa282ead8;
    }

    private static byte[] Damage(string damage, byte[] whole)
    {
        if (damage == "short") return whole[..^2];
        if (damage == "empty") return [];
        var damaged = (byte[])whole.Clone();
        damaged[damage == "header" ? 12 : ^1] ^= 1;
        return damaged;
    }

    private static Dictionary<string, double> Figures(double loss) => new() { ["loss"] = loss };

    private static string Short(string line)
    {
        var entry = JsonDocument.Parse(line).RootElement;
        return $"{entry.GetProperty("stage")}{entry.GetProperty("step")}={entry.GetProperty("loss")}";
    }
}
