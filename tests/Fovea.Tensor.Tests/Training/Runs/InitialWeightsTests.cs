using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Tests.Torch;
using Fovea.Torch.Safetensors;
using Fovea.Torch.Tensors;
using Fovea.Training;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Stages;
using TorchSharp;

namespace Fovea.Tests.Training.Runs;

/// <summary>A run that begins with the weights of another.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class InitialWeightsTests(TinyRun runs) : IClassFixture<TinyRun>
{
    [Fact]
    public void Execute_InitWithHardlyAStep_KeepsTheAveragedWeightsAndRecordsThem()
    {
        var source = runs.Finished();
        var config = TinyRun.Config(
            "autoencoder.training.steps=1", "denoiser.training.steps=1", "autoencoder.training.learning_rate=1e-8",
            "denoiser.training.learning_rate=1e-8", "seed=8");
        var folder = runs.Train(config, init: source);
        foreach (var file in new[] { "autoencoder.safetensors", "denoiser.safetensors" })
        {
            using var expected = SafetensorsFile.Load(Path.Combine(source, file));
            using var actual = SafetensorsFile.Load(Path.Combine(folder, file));
            foreach (var (name, tensor) in expected.Tensors)
            {
                Assert.All(
                    TensorSpans.ToArray<float>(tensor)
                        .Zip(TensorSpans.ToArray<float>(actual.Tensors[name])), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            }
        }

        var init = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "data.json"))).RootElement.GetProperty("init");
        Assert.Equal(source, init.GetProperty("run").GetString());
        using (var opened = RunFolder.Open(folder))
        {
            // What is given to others names the run, and not where it lies.
            var data = RunData.Read(opened)!;
            var (copy, own) = (Path.Combine(folder, "copy.json"), File.ReadAllText(opened.Data));
            data.Write(copy);
            Assert.Equal(own, File.ReadAllText(copy));
            data.WithoutPaths().Write(copy);
            Assert.Equal(own.Replace(JsonSerializer.Serialize(source), $"\"{Path.GetFileName(source)}\"", StringComparison.Ordinal), File.ReadAllText(copy));
            File.Delete(copy);
        }

        Assert.Equal(Fovea.Core.Files.FileHash.Compute(Path.Combine(source, "denoiser.safetensors")), init.GetProperty("denoiser").GetString());
    }

    [Fact]
    public void Execute_InitKilledAndResumedWithoutTheOtherRun_EndsBitIdentical()
    {
        var (config, source) = (TinyRun.Config("seed=5"), runs.Train(TinyRun.Config()));
        var whole = runs.Train(config, init: source);
        var broken = runs.NewFolder();
        Kill(() => new Interruption("autoencoder", 1, kill: true), interruption => runs.Train(config, broken, init: source, interruption: interruption));
        Directory.Delete(source, recursive: true);
        Kill(() => new Interruption("denoiser", 1, kill: true), interruption => runs.Train(config, broken, resume: true, interruption: interruption));
        runs.Train(config, broken, resume: true);
        foreach (var file in new[] { "autoencoder.safetensors", "denoiser.safetensors", "data.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(broken, file)));
    }

    [Fact]
    public void Execute_InitOfTheAutoencoderAlone_NeedsNoDenoiserAndNoneOfItsShape()
    {
        var source = runs.Train(TinyRun.Config("denoiser.channels=[8, 12]"), stage: TrainingStage.Autoencoder);
        var config = TinyRun.Config("autoencoder.training.steps=1", "autoencoder.training.learning_rate=1e-8", "denoiser.training.steps=1");
        var folder = runs.Train(config, init: source, stage: TrainingStage.Autoencoder);
        using (var expected = SafetensorsFile.Load(Path.Combine(source, "autoencoder.safetensors")))
        using (var actual = SafetensorsFile.Load(Path.Combine(folder, "autoencoder.safetensors")))
        {
            foreach (var (name, tensor) in expected.Tensors)
            {
                Assert.All(
                    TensorSpans.ToArray<float>(tensor).Zip(TensorSpans.ToArray<float>(actual.Tensors[name])),
                    pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            }
        }

        // The denoiser that follows begins at random: it is that of a run that takes this autoencoder.
        runs.Train(config, folder, resume: true);
        var plain = runs.Train(config, autoencoder: folder);
        Assert.Equal(File.ReadAllBytes(Path.Combine(plain, "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(folder, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_DecoderOnly_KeepsTheEncoderAndTheDenoiser_AndEndsBitIdenticalWhenKilled()
    {
        var source = runs.Finished();
        var config = TinyRun.Config(
            "autoencoder.training.decoder_only=true", "autoencoder.training.steps=3", "autoencoder.training.discriminator_weight=0.1",
            "autoencoder.training.discriminator_start=0");
        var whole = runs.Train(config, init: source);
        using (var before = SafetensorsFile.Load(Path.Combine(source, "autoencoder.safetensors")))
        using (var after = SafetensorsFile.Load(Path.Combine(whole, "autoencoder.safetensors")))
        {
            foreach (var (name, tensor) in before.Tensors.Where(entry => entry.Key.StartsWith("encoder.", StringComparison.Ordinal)))
                Assert.Equal(TensorSpans.ToArray<float>(tensor), TensorSpans.ToArray<float>(after.Tensors[name]));
            Assert.All(before.Tensors.Where(entry => entry.Key.StartsWith("decoder.", StringComparison.Ordinal)),
                entry => Assert.NotEqual(TensorSpans.ToArray<float>(entry.Value), TensorSpans.ToArray<float>(after.Tensors[entry.Key])));
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(source, "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(whole, "denoiser.safetensors")));
        double Scale(string run) => AutoencoderFile.Load(Path.Combine(run, "autoencoder.safetensors"), config).Metadata.LatentScale;
        Assert.Equal(Scale(source), Scale(whole));
        using (var opened = RunFolder.Open(whole))
        {
            Assert.All(RunCircuits.Read(opened, config).Where(circuit => circuit.Name.StartsWith("autoencoder.", StringComparison.Ordinal)),
                circuit => Assert.Equal(circuit.Name.Contains("decoder.", StringComparison.Ordinal), circuit.IsTrained));
        }

        var longer = TinyRun.Config(
            "autoencoder.training.decoder_only=true", "autoencoder.training.steps=5", "autoencoder.training.discriminator_weight=0.1",
            "autoencoder.training.discriminator_start=0");
        var broken = runs.NewFolder();
        Kill(() => new Interruption("autoencoder", 1, kill: true), interruption => runs.Train(config, broken, init: source, interruption: interruption));
        runs.Train(config, broken, resume: true);
        foreach (var file in new[] { "autoencoder.safetensors", "denoiser.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(broken, file)));
        // Its latents stay, so that the denoiser is no reason against more steps.
        runs.Train(longer, whole, resume: true);
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(whole, "autoencoder.safetensors")), File.ReadAllBytes(Path.Combine(broken, "autoencoder.safetensors")));
    }

    [Fact]
    public void Execute_DecoderOnlyWithoutAnEncoder_IsRefusedInOneLine()
    {
        var config = TinyRun.Config("autoencoder.training.decoder_only=true");
        Assert.Contains("needs Init", Assert.Throws<InputException>(() => runs.Train(config)).Message, StringComparison.OrdinalIgnoreCase);
        var twice = Assert.Throws<InputException>(() => runs.Train(config, autoencoder: runs.Finished()));
        Assert.Contains("leave one of the two out", twice.Message, StringComparison.Ordinal);
        var folder = runs.NewFolder();
        var resumed = Assert.Throws<InputException>(() => runs.Train(config, folder, resume: true));
        Assert.Contains("needs Init", resumed.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>Nothing of an even picture, its border included; of a bright pixel what it is above the mean of its nine.</summary>
    [Fact]
    public void Detail_IsWhatAPictureIsBesideItsNeighbours()
    {
        using var scope = torch.NewDisposeScope();
        var even = torch.full([1, 3, 5, 5], 0.3f);
        Assert.True(DiscriminatorTraining.Detail(even).abs().max().item<float>() < 1e-5);
        var bright = torch.zeros(1, 3, 5, 5);
        bright[0, 1, 2, 2] = torch.tensor(0.9f);
        var detail = DiscriminatorTraining.Detail(bright);
        Assert.Equal(8, detail[0, 1, 2, 2].item<float>(), 1e-4);
        Assert.Equal(-1, detail[0, 1, 1, 3].item<float>(), 1e-4);
        Assert.Equal(0, detail[0, 0].abs().sum().item<float>());
    }

    [Theory]
    [InlineData("quantum.layers=3", "quantum.layers = 3 here, 2 there")]
    [InlineData("quantum.enabled=false", "quantum.enabled = false here, true there")]
    [InlineData("autoencoder.channels=[8, 12]", "autoencoder.channels = [8, 12] here, [8, 8] there")]
    [InlineData("denoiser.channels=[8, 12]", "denoiser.channels = [8, 12] here, [8, 8] there")]
    [InlineData("denoiser.class_conditional=false", "denoiser.class_conditional = false here, true there")]
    [InlineData("diffusion.prediction=epsilon", "diffusion.prediction = \"epsilon\" here, \"v\" there")]
    public void Execute_InitOfAnotherBuild_NamesTheSettingAndWritesNothing(string setting, string words)
    {
        var folder = runs.NewFolder();
        AssertRefused(() => runs.Train(TinyRun.Config(setting), folder, init: runs.Finished()), runs.Finished(), words);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Execute_ResumeWithOtherInitialWeights_IsRefused()
    {
        var (first, second) = (runs.Finished(), runs.Finished("seed=9"));
        AssertRefused(() => runs.Train(TinyRun.Config(), first, resume: true, init: second), "was not begun with Init");
        var folder = runs.Train(TinyRun.Config("seed=6"), init: first);
        AssertRefused(() => runs.Train(TinyRun.Config("seed=6"), folder, resume: true, init: second), "other weights than those of", second);
        runs.Train(TinyRun.Config("seed=6"), folder, resume: true, init: first);
    }

    [Fact]
    public void Execute_KilledBeforeTheConfigurationWasWritten_BeginsWithResume()
    {
        var folder = runs.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "init"));
        Directory.CreateDirectory(Path.Combine(folder, "checkpoints"));
        File.WriteAllText(Path.Combine(folder, ".lock"), "");
        AssertRefused(() => runs.Train(TinyRun.Config(), folder, resume: true), "give Init again");
        runs.Train(TinyRun.Config(), folder, resume: true, init: runs.Finished(), stage: Fovea.Training.TrainingStage.Autoencoder);
        Assert.True(File.Exists(Path.Combine(folder, "init", "denoiser.safetensors")));
    }

    [Fact]
    public void Load_OtherClasses_TakesThoseOfEqualNameAndNoClassForTheRest()
    {
        var config = TinyRun.Config();
        using var folder = RunFolder.ForTraining(runs.NewFolder(), config, resume: false);
        Directory.CreateDirectory(folder.InitialWeights);
        using var before = DenoiserFile.Create(config, new DenoiserMetadata { ClassNames = ["mild", "severe"] });
        DenoiserFile.Save(Path.Combine(folder.InitialWeights, "denoiser.safetensors"), before, new DenoiserMetadata { ClassNames = ["mild", "severe"] });
        string[] classes = ["new", "severe", "mild"];
        using var after = DenoiserFile.Create(TinyRun.Config("seed=77"), new DenoiserMetadata { ClassNames = classes });
        Assert.Equal(["new"], InitialWeights.Find(folder)!.Load(after, config, classes));
        var (rows, expected) = (Rows(before), Rows(after));
        Assert.Equal([rows[2], rows[1], rows[0], rows[2]], expected);
    }

    private static float[][] Rows(TorchSharp.torch.nn.Module model)
    {
        var weights = ModuleWeights.Collect(model)["classes.weight"];
        return [.. TensorSpans.ToArray<float>(weights).Chunk((int)weights.shape[1])];
    }

    private static void Kill(Func<Interruption> make, Action<Interruption> run)
    {
        using var interruption = make();
        Assert.Throws<Interruption.KilledException>(() => run(interruption));
    }

    private static void AssertRefused(Action action, params string[] words)
    {
        var failure = Assert.Throws<InputException>(action);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(words, word => Assert.Contains(word, failure.Message, StringComparison.Ordinal));
    }
}
