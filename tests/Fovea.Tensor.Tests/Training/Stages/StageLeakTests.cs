using Fovea.Imaging.Datasets;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;
using TorchSharp;

namespace Fovea.Tests.Training.Stages;

/// <summary>Steps, checkpoints, exports and grids leave no tensor behind.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class StageLeakTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Theory]
    [InlineData("quantum.enabled=true")]
    [InlineData("quantum.enabled=false")]
    [InlineData("autoencoder.training.discriminator_weight=0.1", "autoencoder.training.discriminator_start=0")]
    public void Step_AutoencoderTwentySteps_LeavesNoTensorBehind(params string[] overrides)
    {
        var config = TinyRun.Config(overrides);
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var folder = RunFolder.ForTraining(runs.NewFolder(), config, resume: false);
        using var stage = new AutoencoderStage(config, dataset, folder, TinyRun.Compute(config));
        AssertSteady(stage, folder);
    }

    [Fact]
    public void Step_DenoiserTwentySteps_LeavesNoTensorBehind()
    {
        var config = TinyRun.Config();
        using var dataset = ImageDataset.Open(runs.Dataset);
        using var folder = RunFolder.ForTraining(runs.NewFolder(), config, resume: false);
        var (autoencoder, metadata) = AutoencoderFile.Load(Path.Combine(runs.Finished(), "autoencoder.safetensors"), config);
        using var owned = autoencoder;
        using var latents = LatentCache.OpenOrCreate(folder.Latents, "hash", autoencoder, metadata.LatentScale, dataset, null, CancellationToken.None);
        using var stage = new DenoiserStage(config, dataset, latents, new LatentCodec(autoencoder, metadata.LatentScale), folder, TinyRun.Compute(config));
        AssertSteady(stage, folder);
    }

    private static void AssertSteady(ITrainingStage stage, RunFolder folder)
    {
        var checkpoints = new CheckpointStore(folder.Checkpoints, stage.Name, 2);
        for (var step = 0; step < 2; step++) Work(stage, checkpoints, step);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var step = 2; step < 22; step++) Work(stage, checkpoints, step);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Work(ITrainingStage stage, CheckpointStore checkpoints, long step)
    {
        var figures = CollectionPause.Run(() => stage.Step(step));
        Assert.All(figures, f => Assert.True(double.IsFinite(f.Value), f.Key));
        if (step % 10 != 1) return;
        checkpoints.Save(stage, step + 1);
        Assert.Equal(step + 1, checkpoints.Restore(stage));
        stage.Export(step + 1);
        stage.DrawGrid(step + 1);
    }
}
