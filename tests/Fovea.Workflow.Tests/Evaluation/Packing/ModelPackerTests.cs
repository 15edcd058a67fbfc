using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Packing;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Imaging.Phantom;
using Fovea.Metrics.Distances;
using Fovea.Metrics.Distributions;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Evaluation.Packing;

public sealed class ModelPackerTests(PackedRun run) : IClassFixture<PackedRun>
{
    [Fact]
    public void Execute_HoldsHalfTheBytesAndACard()
    {
        Assert.Equal(
            [ModelPacker.CardName, "autoencoder.safetensors", "config.toml", "data.json", "denoiser.safetensors", ModelPacker.PictureName],
            Directory.GetFiles(run.Packed).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // Names and shapes stand before the weights and stay as long as they were.
        foreach (var name in new[] { "autoencoder.safetensors", "denoiser.safetensors" })
            Assert.InRange(Length(run.Packed, name), 0.5 * Length(run.Run, name), 0.8 * Length(run.Run, name));
        using var dataset = ImageDataset.Open(run.Dataset);
        var card = File.ReadAllText(Path.Combine(run.Packed, ModelPacker.CardName));
        foreach (var word in
                new[]
                {
                    $"{dataset.IndicesOf(Split.Train).Count} images",
                    dataset.ContentHash, "gradable by grader-64", "FD(FundusNet)", "by pixels", "| denoiser |", "30 images",
                })
        {
            Assert.Contains(word, card, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(run.Packed)!, "*.partial"));
    }

    [Fact]
    public void Execute_ThePackedModelIsARun_AndDrawsTheSameButForRounding()
    {
        var (before, after) = (Drawn(run.Run), Drawn(run.Packed));
        var difference = before.Zip(after, (one, other) => (double)Math.Abs(one - other)).Average();
        // Weights are rounded by up to 1/2048 of themselves: a fraction of a grey level after a few dozen layers, but not none.
        Assert.InRange(difference, 1e-6, 0.5);
    }

    [Fact]
    public void Execute_ThePackedModelAgain_KeepsItsWeights()
    {
        var again = run.New("again");
        ModelPacker.Execute(run.Request(again) with { Run = run.Packed }, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run.Packed, "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(again, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_AnotherDataset_IsRefusedAndLeavesNothing()
    {
        var (other, output) = (run.New("other"), run.New("packed"));
        PhantomDataset.Write(
            new PhantomOptions { Folder = other, Count = 24, Size = 32, Seed = 2, Threads = 1 }, cancellation: TestContext.Current.CancellationToken);
        var failure = Assert.Throws<InputException>(
            () => ModelPacker.Execute(run.Request(output) with { Data = other }, TestContext.Current.CancellationToken));
        Assert.Contains("is not the dataset that", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Execute_DatasetWhosePixelsWereChanged_IsRefused()
    {
        var (changed, output) = (run.New("changed"), run.New("packed"));
        Directory.CreateDirectory(changed);
        foreach (var file in Directory.GetFiles(run.Dataset)) File.Copy(file, Path.Combine(changed, Path.GetFileName(file)));
        var pixels = File.ReadAllBytes(Path.Combine(changed, "images.npy"));
        pixels[^5] ^= 1;
        File.WriteAllBytes(Path.Combine(changed, "images.npy"), pixels);
        var failure = Assert.Throws<InputException>(
            () => ModelPacker.Execute(run.Request(output) with { Data = changed }, TestContext.Current.CancellationToken));
        Assert.Contains("were changed after the dataset was written", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Execute_AFolderInItsWay_IsLeftAsItIs()
    {
        var output = Path.Combine(run.New("outer"), "packed");
        Directory.CreateDirectory(output + ".partial");
        File.WriteAllText(Path.Combine(output + ".partial", "letter.txt"), "mine");
        var failure = Assert.Throws<InputException>(() => ModelPacker.Execute(run.Request(output), TestContext.Current.CancellationToken));
        Assert.Contains($"{output}.partial: the output folder exists and is not empty", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(output + ".partial", "letter.txt")));
    }

    [Fact]
    public async Task Execute_Interrupted_LeavesNothing()
    {
        var output = run.New("packed");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => ModelPacker.Execute(run.Request(output), stopped.Token));
        Assert.False(Directory.Exists(output) || Directory.Exists(output + ".partial"));
        Directory.CreateDirectory(output);
        Assert.ThrowsAny<OperationCanceledException>(() => ModelPacker.Execute(run.Request(output), stopped.Token));
        Assert.True(Directory.Exists(output));
    }

    [Fact]
    public void Sample_IntoAFolderOfMoreImages_LeavesItsOwnAlone()
    {
        var folder = run.New("drawn");
        using var dataset = ImageDataset.Open(run.Dataset);
        Directory.CreateDirectory(Path.Combine(folder, "0"));
        foreach (var old in new[] { "000007.png", "letter.png", Path.Combine("0", "000003.png") })
        {
            File.WriteAllText(
                Path.Combine(folder, old), "of an earlier evaluation, or the user's");
        }

        new RunImages(run.Run).Sample(folder, dataset, new SampleRequest { Count = 2, Seed = 0, Threads = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["000000.png", "000001.png", "grid.png", "letter.png"],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));
    }

    // 200 generators that copy nothing, and the same of which a share of images are copies. Two spaces look at each, as a network and pixels do.
    [Theory]
    [InlineData(20, 300, 0.4)]
    [InlineData(50, 1000, 0.2)]
    [InlineData(400, 1000, 0.1)]
    public void Require_RefusesCopiersAndFewInnocentGenerators(int heldOut, int generated, double copied)
    {
        var (innocent, copier) = (0, 0);
        for (var k = 0UL; k < 200; k++)
        {
            if (IsRefused(k, heldOut, generated, 0)) innocent++;
            if (IsRefused(k, heldOut, generated, copied)) copier++;
        }

        Assert.InRange(innocent, 0, 10);
        Assert.InRange(copier, 180, 200);
    }

    [Fact]
    public void Require_CopiesAmongTheHeldOut_HideNoCopier()
    {
        double[] heldOut = [0, 0, 0, .. Enumerable.Range(1, 47).Select(k => (double)k)];
        var copies = Report(heldOut, new double[100]);
        Assert.Equal((3 / 51.0, 1), (copies.BelowFifth.Expected, copies.BelowFifth.Share));
        var failure = Assert.Throws<InputException>(() => CopyRule.Require("run", [new("pixels", copies)]));
        Assert.Contains("by pixels 100.0 % [", failure.Message, StringComparison.Ordinal);
        Assert.Contains("of 100 are as near to a training image as 5.88 % of held-out photographs", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsRefused(ulong seed, int heldOut, int generated, double copied)
    {
        MemorisationReport Space(ulong stream)
        {
            var random = new CounterRandom(seed, stream);
            double[] known = [.. Enumerable.Range(0, heldOut).Select(_ => random.NextDouble())];
            return Report(known, [.. Enumerable.Range(0, generated).Select(k => k < copied * generated ? 0 : random.NextDouble())]);
        }

        return Record.Exception(() => CopyRule.Require("run", [new("FundusNet", Space(0)), new("pixels", Space(1))])) is InputException;
    }

    private static MemorisationReport Report(double[] heldOut, double[] generated) =>
        Memorisation.Compare(Table(generated), Table(heldOut), new CopyOptions { ClosestPairs = 0, Replicates = 0 });

    private static NeighbourTable Table(double[] distances) => new(distances.Length, 1, new int[distances.Length], distances);

    private static long Length(string folder, string name) => new FileInfo(Path.Combine(folder, name)).Length;

    private byte[] Drawn(string model)
    {
        var output = run.New("drawn");
        SamplingRun.Execute(
            model, output, force: false, null, new SampleRequest { Count = 4, Seed = 1, Threads = 1 }, cancellation: TestContext.Current.CancellationToken);
        return [.. Directory.GetFiles(output, "00*.png").Order(StringComparer.Ordinal).SelectMany(file => ImageFile.ReadRgb(file).Pixels)];
    }
}
