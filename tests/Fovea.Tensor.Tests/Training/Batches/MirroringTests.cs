using Fovea.Evaluation.Parts;
using Fovea.Imaging.Datasets;
using Fovea.Study.Planning;
using Fovea.Tests.Torch;
using Fovea.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Batches;

/// <summary>What a step is given: the disc lies on the side that the label names, in every draw of several epochs.</summary>
public sealed class MirroringTests : IDisposable
{
    private const int Images = 12;
    private const int Steps = 15; // six epochs of batches of five
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "left", "right")]
    [InlineData(true, "OS_0", "OD_0", "OS_1", "OD_1")]
    [InlineData(false, "left eye", "rest", "left other", "none")]
    [InlineData(false, "left_0", "right_1")]
    public void NextBatch_ClassesOfASide_DiscLiesWhereTheLabelSays(bool isMirrored, params string[] classes)
    {
        var draws = Draw(classes, TinyRun.Config());
        // Both the pictures of the first stage and the latents of the second are of the image, or of its mirror image, that the label names.
        Assert.All(draws.Where(draw => IsSided(classes[draw.Own])), draw => Assert.Equal(draw.Label % 2 == 0, draw.IsAtLeft));
        Assert.Equal(isMirrored, draws.Any(draw => draw.Label != draw.Own));
        Assert.All(draws, draw => Assert.True(draw.Label == draw.Own || draw.Label == (draw.Own ^ 1), $"{draw}"));
    }

    [Fact]
    public void NextBatch_ClassesOfNoSide_IsAsItAlwaysWas()
    {
        var config = TinyRun.Config();
        var draws = Draw(["mild", "severe"], config);
        Assert.All(draws, draw => Assert.Equal(draw.Own, draw.Label));
        // The draws of earlier versions: a run that they began goes on as it would have.
        var flips = Enumerable.Range(0, Steps).SelectMany(step =>
        {
            var random = RandomStream.Flips.At(config.Seed, step);
            return Enumerable.Range(0, 5).Select(_ => random.NextInt(2) == 1).ToArray();
        });
        Assert.Equal(flips, draws.Select(draw => draw.IsAtLeft != (draw.Own % 2 == 0)));
    }

    [Fact]
    public void NextBatch_FlipOff_MirrorsNothing() => Assert.All(
        Draw(["mild", "severe"], TinyRun.Config("augmentation.flip=false")), draw => Assert.Equal((draw.Own, draw.Own % 2 == 0), (draw.Label, draw.IsAtLeft)));

    [Fact]
    public void Execute_ClassesOfASide_TellsIt()
    {
        Assert.Contains("'left' becomes 'right'", Told(TinyRun.Config("autoencoder.training.steps=1"), "left", "right"));
        Assert.Contains(
            "images are not mirrored (augmentation.flip = false)", Told(TinyRun.Config("autoencoder.training.steps=1", "augmentation.flip=false"), "a", "b"));
        Assert.DoesNotContain("mirror", Told(TinyRun.Config("autoencoder.training.steps=1"), "a", "b"));
    }

    [Fact]
    public void Classifier_ClassesOfASide_LearnsThem()
    {
        SidedDataset.Write(_folder.File("data"), 24, "OD", "OS");
        using var dataset = ImageDataset.Open(_folder.File("data"));
        byte[][] pixels = [.. Enumerable.Range(0, dataset.Count).Select(index => dataset.GetImage(index).ToArray())];
        int[] labels = [.. dataset.Entries.Select(entry => entry.Label!.Value)];
        using var stage = new ClassStage(
            new() { Steps = 30, Batch = 16, Width = 8, LearningRate = 3e-3, Seed = 1 }, pixels, labels, SidedDataset.Size, dataset.ClassNames);
        var losses = Enumerable.Range(0, 30).Select(step => stage.Step(step)["loss"]).ToArray();
        // Without the rule the labels are noise, of entropy ln 2.
        Assert.True(losses[^5..].Average() < 0.35, $"{losses[^5..].Average()}");
    }

    [Fact]
    public void CellFingerprint_FlipOn_IsThatOfBeforeThereWasTheSetting()
    {
        var config = TinyRun.Config();
        var later = RunSettings.All.Where(setting => setting.Before is not null).Select(setting => setting.Key).ToArray(); // all at the value of before here
        var settings = config.Settings.Where(
            setting => setting.Key != "threads" && !later.Contains(setting.Key) && !setting.Key.StartsWith("run.", StringComparison.Ordinal));
        Assert.Equal(
            CellFingerprint.Hash(
                string.Join('\n', settings.Select(setting => $"{setting.Key} = {SettingsText.Value(setting.Value)}")), ""),
            CellFingerprint.OfConfig(config));
        Assert.NotEqual(CellFingerprint.OfConfig(config), CellFingerprint.OfConfig(TinyRun.Config("augmentation.flip=false")));
        Assert.Equal(AutoencoderMetadata.ArchitectureOf(config), AutoencoderMetadata.ArchitectureOf(TinyRun.Config("augmentation.flip=false")));
    }

    private static bool IsSided(string name) => Laterality.Find([name, "left", "right"]).TryMirror(0, out var label) is var may && (!may || label != 0);

    private string Told(RunConfig config, params string[] classes)
    {
        var (data, lines) = (_folder.File($"data-{Guid.NewGuid():N}"), new List<string>());
        SidedDataset.Write(data, Images, classes);
        var request = new TrainingRequest { Dataset = data, Output = _folder.File($"run-{Guid.NewGuid():N}"), Stage = TrainingStage.Autoencoder };
        new TrainingRun(config, request) { Announce = lines.Add }.Execute(cancellation: TestContext.Current.CancellationToken);
        return string.Join('\n', lines);
    }

    /// <summary>What the denoiser is given; that the autoencoder is given the same is asserted on the way.</summary>
    private List<(int Own, int Label, bool IsAtLeft)> Draw(string[] classes, RunConfig given)
    {
        var config = RunConfigReader.FromToml(given.ToToml(), "sided.toml", ["denoiser.training.class_dropout=0"]);
        SidedDataset.Write(_folder.File("data"), Images, classes);
        using var dataset = ImageDataset.Open(_folder.File("data"));
        using var folder = RunFolder.ForTraining(_folder.File("run"), config, resume: false);
        using var first = new AutoencoderStage(config, dataset, folder, TinyRun.Compute(config));
        var autoencoder = (Fovea.Models.Autoencoders.Autoencoder)first.Network;
        using var latents = LatentCache.OpenOrCreate(folder.Latents, "hash", autoencoder, 1, dataset, null, TestContext.Current.CancellationToken);
        using var second = new DenoiserStage(config, dataset, latents, new LatentCodec(autoencoder, 1), folder, TinyRun.Compute(config));
        List<(int, int, bool)> draws = [];
        var order = new EpochOrder(config.Seed, Images, config.DenoiserTraining.Batch);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var items = order.At(step);
            var pictures = first.NextImages(step).select(1, 0).contiguous().data<float>().ToArray();
            var (seen, labels) = second.NextBatch(step);
            for (var i = 0; i < items.Length; i++)
            {
                var atLeft = SidedDataset.IsAtLeft(pictures.AsSpan(i * SidedDataset.Size * SidedDataset.Size, SidedDataset.Size * SidedDataset.Size));
                var own = dataset.Entries[items[i]].Label!.Value;
                Assert.Equal(latents.Select([items[i]], [atLeft != (own % 2 == 0)])[0].data<float>().ToArray(), seen[i].data<float>().ToArray());
                draws.Add((own, (int)labels![i].item<long>(), atLeft));
            }
        }

        return draws;
    }
}
