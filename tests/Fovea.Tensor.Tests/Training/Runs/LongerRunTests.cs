using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Tests.Torch;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training.Runs;

/// <summary>A run that is told to train to another step than it began with.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class LongerRunTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private const string Longer = "denoiser.training.steps=11";

    private static readonly string[] Weights =
        ["autoencoder.safetensors", "denoiser.safetensors", "checkpoints/denoiser-00000011.safetensors", "samples/samples-00000011.png"];

    [Fact]
    public void Execute_MoreStepsInterruptedAndKilled_EndsBitIdenticalWithNeither()
    {
        var told = new List<string>();
        var whole = runs.Train(TinyRun.Config());
        runs.Train(TinyRun.Config(Longer), whole, resume: true, announce: told.Add);
        Assert.Contains(told, line => line.StartsWith("denoiser: goes on from step 6 to 11 (it was to end at 6)", StringComparison.Ordinal));

        var broken = runs.Train(TinyRun.Config());
        Interrupt(broken, 7, kill: true);
        Interrupt(broken, 9, kill: false);
        Interrupt(broken, 10, kill: true);
        runs.Train(TinyRun.Config(Longer), broken, resume: true);
        Assert.All(Weights, file => Assert.True(Bytes(whole, file).AsSpan().SequenceEqual(Bytes(broken, file)), file));
        Assert.Equal(Metrics(whole), Metrics(broken));
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "segments.json")), File.ReadAllText(Path.Combine(broken, "segments.json")));
        Assert.NotEqual(Bytes(runs.Finished(), "denoiser.safetensors"), Bytes(whole, "denoiser.safetensors"));
    }

    [Fact]
    public void Execute_MoreSteps_LaysTheScheduleAnewAndRecordsIt()
    {
        var folder = runs.Train(TinyRun.Config());
        runs.Train(TinyRun.Config(Longer), folder, resume: true);
        var expected = Enumerable.Range(0, 6).Select(step => LearningRate.At(step, 6, 2, 2e-3))
            .Concat(Enumerable.Range(0, 5).Select(step => LearningRate.At(step, 5, 2, 2e-3)));
        Assert.Equal(expected, Metrics(folder).Where(entry => entry.Stage == "denoiser").Select(entry => entry.Rate));
        Assert.Equal(11, RunConfigReader.FromFile(Path.Combine(folder, "config.toml")).DenoiserTraining.Steps);
        var segments = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "segments.json"))).RootElement.GetProperty("denoiser");
        Assert.Equal(
            [(0, 6), (6, 11)], segments.EnumerateArray().Select(segment => (segment.GetProperty("start").GetInt32(), segment.GetProperty("end").GetInt32())));
    }

    [Theory]
    [InlineData("denoiser.training.steps=4", "denoiser.training.steps = 4 is fewer than the 6 steps that are done", "allowed: 6 and above")]
    [InlineData("autoencoder.training.steps=9", "autoencoder.training.steps = 9 here, 6 there", "was trained on the latents of this autoencoder", "Init")]
    public void Execute_StepsThatCannotBe_AreRefusedInOneLineAndNothingChanges(string setting, params string[] words)
    {
        var folder = runs.Finished();
        var before = Contents(folder);
        AssertRefused(() => runs.Train(TinyRun.Config(setting), folder, resume: true), words);
        Assert.Equal(before, Contents(folder));
    }

    [Fact]
    public void Execute_MoreStepsOnAnotherDataset_ChangesNothing()
    {
        var folder = runs.Finished();
        var before = Contents(folder);
        var run = new TrainingRun(TinyRun.Config(Longer), new TrainingRequest { Dataset = runs.WriteDataset(seed: 2), Output = folder, Resume = true });
        AssertRefused(() => run.Execute(cancellation: TestContext.Current.CancellationToken), "another dataset");
        Assert.Equal(before, Contents(folder));
    }

    [Fact]
    public void Execute_LongerAutoencoderWithoutDenoiser_GoesOnAndIsMeasuredAgain()
    {
        var folder = runs.Train(TinyRun.Config(), stage: TrainingStage.Autoencoder);
        var before = File.ReadAllText(Path.Combine(folder, "reconstruction.json"));
        var longer = TinyRun.Config("autoencoder.training.steps=9");
        runs.Train(longer, folder, resume: true);
        Assert.NotEqual(before, File.ReadAllText(Path.Combine(folder, "reconstruction.json")));
        Assert.Equal(9, AutoencoderFile.Load(Path.Combine(folder, "autoencoder.safetensors"), longer).Metadata.Steps);
        Assert.True(File.Exists(Path.Combine(folder, "checkpoints", "denoiser-00000006.safetensors")));
    }

    [Fact]
    public void Execute_WeightsWithoutCheckpoints_AreNotWrittenOver()
    {
        var folder = runs.Train(TinyRun.Config());
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "checkpoints"))) File.Delete(file);
        var before = Contents(folder);
        AssertRefused(() => runs.Train(TinyRun.Config(Longer), folder, resume: true), "no checkpoint of the denoiser to go on from", "Init");
        Assert.Equal(before, Contents(folder));
        runs.Train(TinyRun.Config(), folder, resume: true);
        Assert.Equal(before, Contents(folder));
    }

    [Fact]
    public void ScheduleOf_KilledBeforeTheConfigurationWasWritten_CountsWhatTheConfigurationSays()
    {
        using var folder = RunFolder.ForTraining(runs.NewFolder(), TinyRun.Config(), resume: false);
        ScheduleFile.Write(folder.Segments, new Dictionary<string, StageSchedule> { ["denoiser"] = new([new(0, 6), new(4, 11), new(8, 20)]) });
        Assert.Equal([new ScheduleSegment(0, 6)], folder.ScheduleOf("denoiser", 6).Segments);
        Assert.Equal([new ScheduleSegment(0, 6), new(4, 11)], folder.ScheduleOf("denoiser", 11).Segments);
        Assert.Equal(new ScheduleSegment(4, 11), folder.ScheduleOf("denoiser", 11).At(4));
        AssertRefused(() => folder.ScheduleOf("denoiser", 7), folder.Segments, "is damaged");
    }

    private void Interrupt(string folder, int step, bool kill)
    {
        using var interruption = new Interruption("denoiser", step, kill);
        void Run() => runs.Train(TinyRun.Config(Longer), folder, resume: true, interruption: interruption);
        if (kill) Assert.Throws<Interruption.KilledException>(Run);
        else Assert.ThrowsAny<OperationCanceledException>(Run);
        Assert.True(interruption.Happened);
    }

    private static byte[] Bytes(string folder, string file) => File.ReadAllBytes(Path.Combine(folder, file));

    private static List<(string Stage, long Step, double Loss, double Rate)> Metrics(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(e => (
                e.GetProperty("stage").GetString()!,
                e.GetProperty("step").GetInt64(),
                e.GetProperty("loss").GetDouble(),
                e.GetProperty("learning_rate").GetDouble())),
    ];

    private static List<(string, string)> Contents(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("tensorboard", StringComparison.Ordinal)).Order(
            StringComparer.Ordinal)
            .Select(file => (file, Fovea.Core.Files.FileHash.Compute(file))),
    ];

    private static void AssertRefused(Action action, params string[] words)
    {
        var failure = Assert.Throws<InputException>(action);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(words, word => Assert.Contains(word, failure.Message, StringComparison.Ordinal));
    }
}
