using Fovea.Core.Errors;
using Fovea.Evaluation.Images;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Images;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Training;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Evaluation.Images;

/// <summary>A run of classes with odd names, drawn for an evaluation.</summary>
public sealed class RunImagesTests : IDisposable
{
    private static readonly string[] s_classes = ["../../../escaped", "Normal", "normal", "CON", "a\nb"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sample_OddClassNames_StaysInItsFolderAndLosesNoClass()
    {
        var (run, output) = (Train(s_classes), Path.Combine(_folder.Path, "x", "y", "generated"));
        using var dataset = ImageDataset.Open(_folder.File("data"));
        new RunImages(run).Sample(output, dataset, new SampleRequest { Count = 23, Seed = 1, Steps = 1, Threads = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(23, Directory.GetFiles(output, "0*.png", SearchOption.AllDirectories).Length);
        Assert.DoesNotContain(
            Directory.GetFiles(_folder.Path, "0*.png", SearchOption.AllDirectories),
            file => !file.StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        Assert.Equal(
            ["class-0-escaped", "class-1-normal", "class-2-normal", "class-3-con", "class-4-a-b"], Directory.GetDirectories(output).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
        var images = new FolderImages(SidedDataset.Size, framing: null).Read(output, "sampled", 100, 0, null, TestContext.Current.CancellationToken);
        Assert.Equal([5, 5, 5, 4, 4], s_classes.Select(name => images.Classes.Count(other => other == name)));
        // Names that differ in case only are two classes.
        var twins = s_classes[1..3].Select(name => Alone(run, name)).ToArray();
        Assert.NotEqual(twins[0], twins[1]);
        // Another run's images are not left among this one's.
        new RunImages(run).Sample(output, dataset, new SampleRequest { Count = 1, Seed = 1, Steps = 1, Threads = 1 }, TestContext.Current.CancellationToken);
        Assert.Single(Directory.GetFiles(output, "0*.png", SearchOption.AllDirectories));
        Assert.Equal(["../../../escaped"], ClassFiles.Read(output)!.Values.Distinct());
    }

    [Fact]
    public void Sample_ClassThatTheRunDoesNotKnow_IsRefusedAndNoNumberTakenForIt()
    {
        var run = Train("a", "b", "c");
        SidedDataset.Write(_folder.File("other"), 6, "a", "1");
        using var dataset = ImageDataset.Open(_folder.File("other"));
        var failure = Assert.Throws<InputException>(
            () => new RunImages(run).Sample(
                _folder.File("out"),
                dataset,
                new SampleRequest { Count = 4, Seed = 1, Threads = 1 },
                TestContext.Current.CancellationToken));
        Assert.Contains("draws no class '1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("it draws a, b, c", failure.Message, StringComparison.Ordinal);
    }

    // Minutes would go by before what is drawn is found to be of no use.
    [Fact]
    public void Sample_RunOfAnotherSize_IsRefusedBeforeAnythingIsDrawn()
    {
        SidedDataset.Write(_folder.File("data"), 4, "a");
        using var dataset = ImageDataset.Open(_folder.File("data"));
        var failure = Assert.Throws<InputException>(
            () => new RunImages("pretrained:fundus-128-mixer").Sample(
                _folder.File("out"), dataset, new SampleRequest { Count = 4, Seed = 1, Threads = 1 }, TestContext.Current.CancellationToken));
        Assert.Equal(
            $"pretrained:fundus-128-mixer: works at 128 px, the real images have {SidedDataset.Size} px; prepare them with Size 128", failure.Message);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    // Other splits may have other shares, and images are compared with those of one.
    [Fact]
    public void Sample_OfASplit_HasTheSharesOfItsClasses()
    {
        var run = Train("a", "b");
        using (var writer = new DatasetWriter(_folder.File("split"), SidedDataset.Size))
        {
            for (var k = 0; k < 8; k++)
            {
                var split = k < 4 ? Split.Train : Split.Val;
                var entry = new ManifestEntry { File = $"{k}", Label = split == Split.Train || k == 4 ? 0 : 1, Split = split };
                writer.Append([.. Enumerable.Repeat((byte)(k * 20), 3 * SidedDataset.Size * SidedDataset.Size)], entry);
            }

            writer.Complete(new DatasetSummary { Source = "phantom", ClassNames = ["a", "b"] });
        }

        using var dataset = ImageDataset.Open(_folder.File("split"));
        var output = _folder.File("of-split");
        new RunImages(run) { Split = Split.Val }.Sample(
            output, dataset, new SampleRequest { Count = 8, Seed = 1, Steps = 1, Threads = 1 }, TestContext.Current.CancellationToken);
        int Drawn(string name) => Directory.GetFiles(Path.Combine(output, name), "0*.png").Length;
        Assert.Equal((2, 6), (Drawn("a"), Drawn("b")));
    }

    private byte[] Alone(string run, string name)
    {
        var output = _folder.File(Guid.NewGuid().ToString("N"));
        SamplingRun.Execute(
            run, output, force: false, name,
            new SampleRequest { Count = 1, Seed = 1, Steps = 1, Threads = 1 },
            cancellation: TestContext.Current.CancellationToken);
        return File.ReadAllBytes(DrawnImages.PathOf(output, 0));
    }

    private string Train(params string[] classes)
    {
        SidedDataset.Write(_folder.File("data"), 3 * classes.Length, classes);
        var config = TinyRun.Config(
            "autoencoder.training.steps=1", "denoiser.training.steps=1", "quantum.enabled=false",
            "denoiser.training.learning_rate=0.5", "denoiser.training.warmup=0");
        new TrainingRun(config, new TrainingRequest { Dataset = _folder.File("data"), Output = _folder.File("run") })
            .Execute(cancellation: TestContext.Current.CancellationToken);
        return _folder.File("run");
    }
}
