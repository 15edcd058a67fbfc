using System.Text.Json;
using Fovea.Core.Files;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training.Runs;

/// <summary>An interrupted run that goes on ends with the same bits as one that was never interrupted.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class ResumeTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private const string Discriminator = "autoencoder.training.discriminator_weight=0.1";
    private const string DiscriminatorStart = "autoencoder.training.discriminator_start=2";
    private const string Equivariance = "autoencoder.training.equivariance=0.5";

    [Theory]
    [InlineData("autoencoder", 1, false)]
    [InlineData("autoencoder", 5, true)]
    [InlineData("autoencoder", 6, false)]
    [InlineData("encoding latents", 32, false)]
    [InlineData("denoiser", 3, false)]
    [InlineData("denoiser", 5, true)]
    public void Execute_InterruptedOnce_EndsBitIdentical(string stage, int step, bool kill)
    {
        var folder = runs.NewFolder();
        Interrupt(TinyRun.Config(), folder, stage, step, kill);
        runs.Train(TinyRun.Config(), folder, resume: true);
        AssertSameRun(runs.Finished(), folder);
    }

    [Fact]
    public void Execute_InterruptedManyTimes_EndsBitIdentical()
    {
        var folder = runs.NewFolder();
        (string, int, bool)[] interruptions =
            [
                ("autoencoder", 1, true), ("autoencoder", 1, false), ("autoencoder", 3, true),
                ("autoencoder", 5, false), ("denoiser", 1, false), ("denoiser", 5, true), ("denoiser", 6, true),
            ];
        foreach (var (stage, step, kill) in interruptions) Interrupt(TinyRun.Config(), folder, stage, step, kill);
        runs.Train(TinyRun.Config(), folder, resume: true);
        AssertSameRun(runs.Finished(), folder);
    }

    [Fact]
    public void Execute_WithDiscriminatorAndTurnedLatentsInterrupted_EndsBitIdentical()
    {
        var config = TinyRun.Config(Discriminator, DiscriminatorStart, Equivariance);
        var folder = runs.NewFolder();
        Interrupt(config, folder, "autoencoder", 2, kill: false);
        Interrupt(config, folder, "autoencoder", 5, kill: true);
        runs.Train(config, folder, resume: true);
        var whole = runs.Finished(Discriminator, DiscriminatorStart, Equivariance);
        AssertSameRun(whole, folder);
        Assert.NotEqual(
            File.ReadAllBytes(Path.Combine(runs.Finished(), "autoencoder.safetensors")), File.ReadAllBytes(Path.Combine(whole, "autoencoder.safetensors")));
    }

    [Fact]
    public void Execute_StagesOneAfterTheOther_EndsBitIdentical()
    {
        var folder = runs.Train(TinyRun.Config(), stage: Fovea.Training.TrainingStage.Autoencoder);
        Assert.False(File.Exists(Path.Combine(folder, "denoiser.safetensors")));
        runs.Train(TinyRun.Config(), folder, resume: true, stage: Fovea.Training.TrainingStage.Denoiser);
        AssertSameRun(runs.Finished(), folder);
    }

    [Fact]
    public void Execute_FinishedRunResumed_ChangesNothing()
    {
        var folder = runs.Train(TinyRun.Config());
        runs.Train(TinyRun.Config(), folder, resume: true);
        AssertSameRun(runs.Finished(), folder);
    }

    [Fact]
    public void Execute_OtherIntervalsOfGridsAndLogs_EndsBitIdentical()
    {
        var folder = runs.NewFolder();
        Interrupt(TinyRun.Config("run.checkpoint_every=3", "run.grid_every=1"), folder, "denoiser", 4, kill: true);
        runs.Train(TinyRun.Config(), folder, resume: true);
        AssertSameRun(runs.Finished(), folder);
    }

    [Fact]
    public void Execute_AnotherSeed_EndsOtherwise()
    {
        var folder = runs.Train(TinyRun.Config("seed=4"));
        Assert.NotEqual(
            File.ReadAllBytes(Path.Combine(runs.Finished(), "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(folder, "denoiser.safetensors")));
    }

    private void Interrupt(RunConfig config, string folder, string stage, int step, bool kill)
    {
        using var interruption = new Interruption(stage, step, kill);
        void Run() => runs.Train(config, folder, resume: Directory.Exists(folder), interruption: interruption);
        if (kill)
        {
            Assert.Throws<Interruption.KilledException>(Run);
        }
        else
        {
            Assert.ThrowsAny<OperationCanceledException>(Run);
        }

        Assert.True(interruption.Happened);
    }

    private static void AssertSameRun(string whole, string resumed)
    {
        string[] files =
        [
            "autoencoder.safetensors", "denoiser.safetensors", "latents.safetensors", "reconstruction.json", "data.json",
            $"checkpoints/autoencoder-{TinyRun.Steps:D8}.safetensors", $"checkpoints/denoiser-{TinyRun.Steps:D8}.safetensors",
            $"samples/samples-{TinyRun.Steps:D8}.png", $"reconstructions/reconstructions-{TinyRun.Steps:D8}.png",
        ];
        foreach (var file in files)
        {
            Assert.True(File.Exists(Path.Combine(resumed, file)), $"{file} is missing");
            Assert.True(File.ReadAllBytes(Path.Combine(whole, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(resumed, file))), $"{file} differs");
        }

        var (expected, actual) = (Losses(whole), Losses(resumed));
        Assert.Equal(2 * TinyRun.Steps, expected.Count);
        Assert.Equal(expected, actual);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(resumed, "checkpoints"), "denoiser-*").Length);
        Assert.False(FileLock.IsHeld(Path.Combine(resumed, ".lock")));
    }

    private static List<(string Stage, long Step, double Loss)> Losses(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(e => (e.GetProperty("stage").GetString()!, e.GetProperty("step").GetInt64(), e.GetProperty("loss").GetDouble())),
    ];
}
