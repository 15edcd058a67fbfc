using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Tests.Torch;
using Fovea.Torch.Runtime;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;

namespace Fovea.Tests.Training;

/// <summary>What a run refuses, in one line each, and what it takes over from another run.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class TrainingRunTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Fact]
    public void Execute_DatasetOfAnotherSize_NamesBothSizesAndTheRemedy() =>
        AssertRefused(() => runs.Train(TinyRun.Config("size=64")), runs.Dataset, "32 px", "size = 64", "Overrides size=32");

    [Fact]
    public void Execute_ResumeWithOtherSettings_NamesTheSetting() =>
        AssertRefused(
            () => runs.Train(TinyRun.Config("quantum.layers=3"), runs.Finished(), resume: true), "other settings", "quantum.layers = 3 here, 2 there");

    [Fact]
    public void Execute_ResumeWithAnotherDataset_NamesTheFolder()
    {
        var folder = runs.Finished();
        var other = runs.WriteDataset(seed: 2);
        var run = new TrainingRun(TinyRun.Config(), new TrainingRequest { Dataset = other, Output = folder, Resume = true });
        AssertRefused(() => run.Execute(cancellation: TestContext.Current.CancellationToken), folder, "another dataset", other);
    }

    [Fact]
    public void Execute_RunFolderWithoutResume_TellsOfResume() =>
        AssertRefused(() => runs.Train(TinyRun.Config(), runs.Finished()), "not empty", "Resume");

    [Fact]
    public void Execute_FolderWithOtherFiles_IsRefusedEvenToResume()
    {
        var folder = runs.NewFolder();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "letter.txt"), "mine");
        AssertRefused(() => runs.Train(TinyRun.Config(), folder), "not empty");
        AssertRefused(() => runs.Train(TinyRun.Config(), folder, resume: true), "not empty");
        Assert.Equal(["letter.txt"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Execute_FolderInUse_IsRefusedUntilItIsFree()
    {
        var folder = runs.NewFolder();
        using (RunFolder.ForTraining(folder, TinyRun.Config(), resume: false))
        {
            AssertRefused(() => runs.Train(TinyRun.Config(), folder, resume: true), folder, "another process");
            AssertRefused(() => runs.Train(TinyRun.Config(), folder, resume: true), folder, "another process");
        }

        runs.Train(TinyRun.Config(), folder, resume: true, stage: TrainingStage.Autoencoder);
        Assert.True(File.Exists(Path.Combine(folder, "autoencoder.safetensors")));
    }

    [Fact]
    public void Execute_DenoiserWithoutAutoencoder_TellsWhatToTrainFirstAndMakesNoFolder()
    {
        var folder = runs.NewFolder();
        AssertRefused(() => runs.Train(TinyRun.Config(), folder, stage: TrainingStage.Denoiser), folder, "no trained autoencoder", "train it there first");
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Execute_DenoiserOnUnfinishedAutoencoder_IsRefused()
    {
        var folder = runs.NewFolder();
        using var interruption = new Interruption("autoencoder", 5, kill: true);
        Assert.Throws<Interruption.KilledException>(() => runs.Train(TinyRun.Config(), folder, interruption: interruption));
        AssertRefused(() => runs.Train(TinyRun.Config(), folder, resume: true, stage: TrainingStage.Denoiser), "not finished");
        AssertRefused(() => runs.Train(TinyRun.Config(), autoencoder: folder), "not finished");
    }

    [Fact]
    public void Execute_AutoencoderOfAnotherRun_IsTakenOverUnchanged()
    {
        var source = runs.Finished();
        var folder = runs.Train(TinyRun.Config("denoiser.channels=[8, 12]", "seed=9", "quantum.denoiser=[]"), autoencoder: source);
        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "autoencoder.safetensors")), File.ReadAllBytes(Path.Combine(folder, "autoencoder.safetensors")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "latents.safetensors")), File.ReadAllBytes(Path.Combine(folder, "latents.safetensors")));
        Assert.True(File.Exists(Path.Combine(folder, "denoiser.safetensors")));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "checkpoints"), "autoencoder-*"));
    }

    [Fact]
    public void Execute_ResumeWithAutoencoderOfAnotherRun_IsRefusedAndKeepsItsOwn()
    {
        var (folder, other) = (
            runs.Train(TinyRun.Config(), stage: TrainingStage.Autoencoder), runs.Train(TinyRun.Config("seed=9"), stage: TrainingStage.Autoencoder));
        var own = File.ReadAllBytes(Path.Combine(folder, "autoencoder.safetensors"));
        AssertRefused(() => runs.Train(TinyRun.Config(), folder, resume: true, autoencoder: other), "has another autoencoder than", "choose another Output");
        Assert.Equal(own, File.ReadAllBytes(Path.Combine(folder, "autoencoder.safetensors")));
    }

    [Theory]
    [InlineData("autoencoder.channels=[8, 12]")]
    [InlineData("autoencoder.latent_channels=3")]
    [InlineData("quantum.enabled=false")]
    [InlineData("quantum.autoencoder=[\"encoder.middle\"]")]
    [InlineData("quantum.layers=3")]
    public void Execute_AutoencoderOfAnotherShape_IsRefused(string difference) => AssertRefused(
        () => runs.Train(TinyRun.Config(difference), autoencoder: runs.Finished()), "another autoencoder", "; there: ", "; wanted: ");

    [Fact]
    public void Execute_AutoencoderFromNoRun_IsRefused() =>
        AssertRefused(() => runs.Train(TinyRun.Config(), autoencoder: runs.Dataset), runs.Dataset, "is not a run folder");

    [Fact]
    public void Execute_SpoiledCheckpoint_StopsBeforeItSavesAnything()
    {
        var folder = runs.NewFolder();
        using var interruption = new Interruption("autoencoder", 3, kill: true);
        Assert.Throws<Interruption.KilledException>(() => runs.Train(TinyRun.Config(), folder, interruption: interruption));
        var checkpoint = Directory.GetFiles(Path.Combine(folder, "checkpoints")).Single();
        Spoil(checkpoint, "model.encoder.input.weight");
        var failure = Assert.Throws<InputException>(() => runs.Train(TinyRun.Config(), folder, resume: true));
        Assert.StartsWith($"{checkpoint}: tensor 'encoder.input.weight' holds a number that is not finite", failure.Message);
        Assert.EndsWith("nothing was changed", failure.Message);
        Assert.Equal([checkpoint], Directory.GetFiles(Path.Combine(folder, "checkpoints")));
    }

    [Fact]
    public void Execute_FinishedRun_StoresFactsAndLatentsOfUnitDeviation()
    {
        var folder = runs.Finished();
        var metadata = AutoencoderMetadata.FromMetadata(SafetensorsFile.LoadHeader(Path.Combine(folder, "autoencoder.safetensors")).Metadata, "file");
        Assert.Equal((TinyRun.Steps, true, 32), (metadata.Steps, metadata.IsFinished, metadata.ImageSize));
        using var content = SafetensorsFile.Load(Path.Combine(folder, "latents.safetensors"));
        using var dataset = ImageDataset.Open(runs.Dataset);
        var count = dataset.IndicesOf(Split.Train).Count;
        Assert.Equal([2 * count, 2, 8, 8], content.Tensors["latents"].shape);
        // The first half are the latents of the images as they are, over which the scale was measured.
        var values = TensorSpans.ToArray<float>(content.Tensors["latents"]).Take(count * 2 * 64).ToArray();
        var mean = values.Average();
        Assert.Equal(1, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 1e-3);
    }

    [Fact]
    public void Execute_ResolvedConfiguration_IsTheRunsOwn()
    {
        var config = TinyRun.Config();
        var stored = RunConfigReader.FromFile(Path.Combine(runs.Finished(), "config.toml"));
        // Named, so that the run is resumed as it began on any machine.
        Assert.Equal(config.With(ComputeContext.Start(config.Threads, config.Device, config.Precision)).ToToml(), stored.ToToml());
    }

    [Theory]
    [InlineData("mixed", "mixed")]
    [InlineData(null, "float32")]
    public void Execute_ResumedWithoutPrecision_GoesOnAsTheRunBegan(string? began, string expected)
    {
        var folder = runs.NewFolder();
        var steps = "autoencoder.training.steps=2";
        runs.Train(TinyRun.Config($"precision={began ?? "float32"}", steps), folder, stage: TrainingStage.Autoencoder);
        var file = Path.Combine(folder, "config.toml");
        // A run of before there was the choice names none.
        if (began is null) File.WriteAllLines(file, File.ReadAllLines(file).Where(line => !line.StartsWith("precision", StringComparison.Ordinal)));
        runs.Train(TinyRun.Config("autoencoder.training.steps=4"), folder, resume: true, stage: TrainingStage.Autoencoder);
        Assert.Equal(expected, RunConfigReader.FromFile(file).Precision);
        var other = expected == "mixed" ? "float32" : "mixed";
        var refused = Assert.Throws<InputException>(
            () => runs.Train(TinyRun.Config($"precision={other}", "autoencoder.training.steps=4"), folder, resume: true));
        Assert.Contains($"precision = \"{other}\" here, \"{expected}\" there", refused.Message, StringComparison.Ordinal);
    }

    private static void Spoil(string path, string name)
    {
        using var content = SafetensorsFile.Load(path);
        using (var span = TensorSpans.Open<float>(content.Tensors[name])) span.Values[0] = float.NaN;
        // Without its digest: as if training itself had spoiled it.
        SafetensorsFile.Save(path, content.Tensors, content.Metadata.Where(entry => entry.Key != ContentDigest.Key).ToDictionary());
    }

    private static void AssertRefused(Action action, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(action);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
