using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Decoding;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Sampling;

[Collection(nameof(MemoryMeasurements))]
public sealed class SamplingTests : IClassFixture<TinyRun>, IDisposable
{
    private const double Scale = 0.5;
    private readonly TinyRun _runs;
    private readonly RunConfig _config = TinyRun.Config();
    private readonly Autoencoder _autoencoder;
    private readonly UNet _denoiser;
    private readonly LatentSampler _sampler;

    public SamplingTests(TinyRun runs)
    {
        _runs = runs;
        _autoencoder = new Autoencoder(_config.Autoencoder, _config.Quantum);
        SeededInitialization.Apply(_autoencoder, 1);
        _denoiser = new UNet(_config.Autoencoder.LatentChannels, 5, _config.Denoiser, _config.Quantum);
        SeededInitialization.Apply(_denoiser, 1);
        _sampler = new LatentSampler(_config, _denoiser, new LatentCodec(_autoencoder, Scale));
    }

    public void Dispose()
    {
        _autoencoder.Dispose();
        _denoiser.Dispose();
    }

    [Theory]
    [InlineData("ddim", 0, null, null)]
    [InlineData("ddim", 1, 2, 2.5)]
    [InlineData("ddpm", 0, 1, null)]
    [InlineData("dpm-solver++", 0, null, null)]
    public void Sample_AnyBatchAndCount_GivesImageKOfTheSeed(string sampler, double eta, int? label, double? guidance)
    {
        var request = new SampleRequest { Count = 8, Seed = 5, Sampler = sampler, Steps = 3, Eta = eta, Class = label, Guidance = guidance, Batch = 8 };
        var images = Draw(request);
        Assert.Equal(8, images.Count);
        AssertSame(images, Draw(request with { Batch = 3 }));
        AssertSame(images, Draw(request with { Batch = 1 }));
        AssertSame(images.Take(5), Draw(request with { Count = 5 }));
        AssertSame(images.Skip(6), Draw(request with { Count = 2, FirstImage = 6 }));
        Assert.Equal(8, images.Select(Convert.ToHexString).Distinct().Count());
        Assert.NotEqual(images[0], Draw(request with { Seed = 6, Count = 1 })[0]);
    }

    /// <summary>Where nothing is guided images are those of no guidance, where all is, those of guidance; both ways to ask for an interval agree.</summary>
    [Fact]
    public void Sample_GuidanceInterval_GuidesWithinIt()
    {
        var plain = new SampleRequest { Count = 2, Seed = 5, Sampler = "euler", Steps = 8, Class = 2, Batch = 2 };
        var guided = plain with { Guidance = 3 };
        AssertSame(Draw(guided), Draw(guided with { GuidanceInterval = TimeInterval.Whole }));
        AssertSame(Draw(plain), Draw(guided with { GuidanceInterval = new(0.01, 0.02) }));
        var middle = Draw(guided with { GuidanceInterval = new(0.4, 0.6) });
        Assert.NotEqual(Draw(plain)[0], middle[0]);
        Assert.NotEqual(Draw(guided)[0], middle[0]);
        var config = _config with { Sampling = _config.Sampling with { Guidance = 3, GuidanceInterval = new(0.4, 0.6) } };
        AssertSame(middle, new LatentSampler(config, _denoiser, new LatentCodec(_autoencoder, Scale)).Sample(plain, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0.9, 0.5, 3.0, 2, "two numbers from 0 to 1, the lesser first")]
    [InlineData(double.NaN, 1, 3.0, 2, "two numbers from 0 to 1, the lesser first")]
    [InlineData(0.5, 0.9, null, 2, "would change nothing here")]
    [InlineData(0.5, 0.9, 3.0, null, "would change nothing here")]
    public void Sample_IntervalThatIsNoneOrChangesNothing_IsRefused(double low, double high, double? guidance, int? label, string told) => Assert.Contains(
        told, Assert.Throws<InputException>(() => Draw(
            new SampleRequest { Count = 1, Seed = 5, Class = label, Guidance = guidance, GuidanceInterval = new(low, high) })).Message);

    /// <summary>Time (t + 1) / T: the last timestep is noise alone, and products that are whole numbers but for rounding are in.</summary>
    [Theory]
    [InlineData(0, 1, 1000, 0, 999)]
    [InlineData(0.2, 0.6, 1000, 199, 599)]
    [InlineData(1, 1, 1000, 999, 999)]
    [InlineData(0.07, 0.58, 100, 6, 57)]
    [InlineData(0.07, 0.58, 50, 3, 28)]
    public void Timesteps_Interval_HoldsBothEnds(double low, double high, int count, int least, int most) =>
        Assert.Equal((least, most), new TimeInterval(low, high).Timesteps(count));

    [Theory]
    [InlineData(8, 3)]
    [InlineData(2, 16)]
    public void Sample_SeveralHands_DrawTheSameInOrder(int count, int batch)
    {
        var request = new SampleRequest { Count = count, Seed = 5, Sampler = "ddim", Steps = 3, Eta = 1, Class = 2, Guidance = 2.5, Batch = batch };
        var expected = Draw(request);
        var networks = new SamplingNetworks(_autoencoder, _denoiser, Scale);
        using var hands = new DataParallel<SamplingNetworks>(
            networks,
            () => new(
                new Autoencoder(_config.Autoencoder, _config.Quantum),
                new UNet(_config.Autoencoder.LatentChannels, 5, _config.Denoiser, _config.Quantum),
                Scale),
            BatchParts.Each(3, 3));
        var sampler = new LatentSampler(_config, _denoiser, networks.Codec, hands);
        var taken = new List<(long Index, byte[] Pixels)>();
        sampler.Sample(request, (index, pixels) => taken.Add((index, pixels)), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, count).Select(index => (long)index), taken.Select(image => image.Index));
        AssertSame(expected, [.. taken.Select(image => image.Pixels)]);
        Assert.Throws<OperationCanceledException>(() => sampler.Sample(request, (_, _) => { }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Sample_GuidanceOne_IsTheConditionalNetworkAlone()
    {
        var request = new SampleRequest { Count = 2, Seed = 5, Class = 3, Guidance = 1, Steps = 4 };
        var expected = CollectionPause.Run(() =>
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            var noise = new CounterNoiseSource(5);
            var latents = SamplerRegistry.Create("ddim", DiffusionProcess.ScheduleOf(_config.Diffusion)).Sample(new SamplingRequest
            {
                Denoiser = new DelegateDenoiser(PredictionKinds.Parse("v"), (x, t) => _denoiser.call(x, t, tensor(new long[] { 3, 3 }))),
                InitialNoise = noise.Normal([2, 2, 8, 8], 0, ScalarType.Float32, CPU),
                Noise = noise,
                Options = new SamplerOptions { Steps = 4 },
            }, TestContext.Current.CancellationToken);
            return new LatentCodec(_autoencoder, Scale).ToPixels(latents);
        });
        Assert.Equal(expected, Draw(request));
    }

    [Fact]
    public void Sample_ClassAndGuidance_HaveAnEffect()
    {
        var request = new SampleRequest { Count = 1, Seed = 5, Class = 3, Steps = 4 };
        var one = Draw(request)[0];
        Assert.NotEqual(one, Draw(request with { Class = 2 })[0]);
        Assert.NotEqual(one, Draw(request with { Guidance = 4 })[0]);
        // Scale 0 is the null class, which is also what no class means.
        Assert.Equal(Draw(request with { Class = null })[0], Draw(request with { Guidance = 0 })[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Sample_ClassOutOfRange_TellsTheRange(int label) => Assert.Equal(
        $"class {label} does not exist; allowed: 0 to 4",
        Assert.Throws<InputException>(() => Draw(new SampleRequest { Count = 1, Seed = 0, Class = label })).Message);

    [Fact]
    public void Sample_ClassOfUnconditionalNetwork_NamesTheSetting()
    {
        using var model = new UNet(2, 0, _config.Denoiser with { ClassConditional = false }, _config.Quantum);
        var sampler = new LatentSampler(_config, model, new LatentCodec(_autoencoder, Scale));
        var failure = Assert.Throws<InputException>(
            () => sampler.Sample(new SampleRequest { Count = 1, Seed = 0, Class = 0 }, TestContext.Current.CancellationToken));
        Assert.Contains("denoiser.class_conditional = false", failure.Message);
    }

    [Fact]
    public void Sample_ManyBatches_LeavesNoTensorBehind()
    {
        void DrawThree() => Draw(new SampleRequest { Count = 3, Seed = 1, Batch = 1, Class = 1, Guidance = 2, Sampler = "ddpm", Steps = 3 });
        DrawThree();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 4; i++) DrawThree();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Execute_TrainedRun_WritesNumberedPicturesAndGrid()
    {
        var output = _runs.NewFolder();
        SampleRun(output, SamplingRun.NoClass, new SampleRequest { Count = 5, Seed = 2, Batch = 2 });
        Assert.Equal(
            ["000000.png", "000001.png", "000002.png", "000003.png", "000004.png", "grid.png"],
            Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var image = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(output, "000003.png")));
        Assert.Equal((32, 32), (image.SourceWidth, image.SourceHeight));

        var again = _runs.NewFolder();
        SampleRun(again, SamplingRun.NoClass, new SampleRequest { Count = 1, Seed = 2, FirstImage = 3, Batch = 2 });
        var other = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(again, "000003.png")));
        AssertSame([image.Image.Pixels], [other.Image.Pixels]);
    }

    [Fact]
    public void Execute_ClassByNameOrPlace_IsTheSame()
    {
        using var dataset = ImageDataset.Open(_runs.Dataset);
        var (byName, byPlace) = (_runs.NewFolder(), _runs.NewFolder());
        var request = new SampleRequest { Count = 1, Seed = 2 };
        SampleRun(byName, dataset.ClassNames[2].ToUpperInvariant(), request);
        SampleRun(byPlace, "#2", request);
        Assert.Equal(File.ReadAllBytes(Path.Combine(byName, "000000.png")), File.ReadAllBytes(Path.Combine(byPlace, "000000.png")));
    }

    [Theory]
    [InlineData("nonsense", 2, "Class nonsense does not exist; allowed: ")]
    [InlineData("9", 2, "Class 9 does not exist; allowed: ")]
    [InlineData(null, 51, "steps: 51 is not allowed; allowed: 1 to 50")]
    [InlineData(null, 0, "steps: 0 is not allowed; allowed: 1 to 50")]
    public void Execute_BrokenRequest_IsRefusedInOneLineAndWritesNothing(string? label, int steps, string part)
    {
        var output = _runs.NewFolder();
        var failure = Assert.Throws<InputException>(
            () => SampleRun(output, label, new SampleRequest { Count = 1, Seed = 2, Steps = steps }));
        Assert.Contains(part, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.True(!Directory.Exists(output) || Directory.GetFileSystemEntries(output).Length == 0);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(2)]
    public void Execute_NoClassNamed_DrawsAllClassesByTheirTrainingImages(int count)
    {
        using var dataset = ImageDataset.Open(_runs.Dataset);
        var output = _runs.NewFolder();
        SampleRun(output, null, new SampleRequest { Count = count, Seed = 2 });
        var classes = ClassFiles.Read(output)!;
        Assert.Equal(Enumerable.Range(0, count).Select(k => $"{k:D6}.png"), classes.Keys.Order(StringComparer.Ordinal));
        int[] images = [.. dataset.ClassNames.Select((_, label) => dataset.IndicesOf(Split.Train).Count(index => dataset.Entries[index].Label == label))];
        Assert.Equal(ClassShares.Share(images, count), dataset.ClassNames.Select(name => classes.Values.Count(other => other == name)));
        // An image is what it is when its class alone is asked for.
        var label = classes["000001.png"];
        var alone = _runs.NewFolder();
        SampleRun(alone, label, new SampleRequest { Count = 1, FirstImage = 1, Seed = 2 });
        AssertSame([Pixels(alone, 1)], [Pixels(output, 1)]);
        Assert.Equal(label, ClassFiles.Read(alone)!["000001.png"]);
    }

    [Fact]
    public void Execute_None_DrawsImagesOfNoClass()
    {
        var output = _runs.NewFolder();
        SampleRun(output, SamplingRun.NoClass, new SampleRequest { Count = 1, Seed = 2 });
        Assert.Null(ClassFiles.Read(output));
        using var run = RunFolder.Open(_runs.Finished());
        using var model = TrainedModel.Load(run, _config);
        AssertSame(model.Sampler.Sample(new SampleRequest { Count = 1, Seed = 2 }, TestContext.Current.CancellationToken), [Pixels(output, 0)]);
    }

    [Fact]
    public void ClassShares_AnyWeights_SumToTheCountByLargestRemainder()
    {
        Assert.Equal([22, 21, 21], ClassShares.Share([10, 10, 10], 64));
        Assert.Equal([7, 2, 1], ClassShares.Share([66, 22, 12], 10));
        Assert.Equal([1, 0, 1], ClassShares.Share([5, 0, 5], 2));
        Assert.Equal([1, 0, 0], ClassShares.Share([0, 0, 0], 1));
        Assert.Equal([1_073_741_824, 1_073_741_823], ClassShares.Share([int.MaxValue, int.MaxValue], int.MaxValue));
        foreach (var count in Enumerable.Range(0, 70)) Assert.Equal(count, ClassShares.Share([35, 2, 17, 1, 9], count).Sum());
        Assert.Equal([0, 1, 2, 0, 0, 1, 2, 0], ClassShares.Labels([2, 1, 1], 8));
    }

    [Fact]
    public void Execute_FolderNotEmpty_IsRefused()
    {
        string Refusal(string output) => Assert.Throws<InputException>(() => SampleRun(output, null, new SampleRequest { Count = 1, Seed = 2 })).Message;
        Assert.Contains("is the run itself", Refusal(_runs.Finished()), StringComparison.Ordinal);
        Assert.Contains("not empty", Refusal(Path.Combine(_runs.Finished(), "checkpoints")), StringComparison.Ordinal);
    }

    private IReadOnlyList<byte[]> Draw(SampleRequest request) => _sampler.Sample(request, TestContext.Current.CancellationToken);

    private void SampleRun(string output, string? label, SampleRequest request) =>
        SamplingRun.Execute(_runs.Finished(), output, force: false, label, request, cancellation: TestContext.Current.CancellationToken);

    private static byte[] Pixels(string folder, int index) => ImageDecoder.Decode(File.ReadAllBytes(DrawnImages.PathOf(folder, index))).Image.Pixels;

    // To rounding: sums in a batch of another size may be ordered otherwise, which can turn a pixel at a half by one.
    private static void AssertSame(IEnumerable<byte[]> expected, IEnumerable<byte[]> actual)
    {
        var (first, second) = (expected.ToList(), actual.ToList());
        Assert.Equal(first.Count, second.Count);
        for (var i = 0; i < first.Count; i++)
        {
            Assert.Equal(first[i].Length, second[i].Length);
            Assert.All(first[i].Zip(second[i]), p => Assert.InRange(p.First - p.Second, -1, 1));
        }
    }
}
