using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;
using Fovea.Training.Stages;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Sampling;

/// <summary>A denoiser that is told masks: it learns them, follows them, and is without them what it was.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class MaskConditionTests(TinyRun runs) : IClassFixture<TinyRun>, IDisposable
{
    private const string On = "denoiser.mask_conditional=true";
    private const int Side = 32;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Step_MaskEncoder_LearnsFromItsLastLayerOn()
    {
        using var setup = new Setup(runs, _folder, TinyRun.Config(On));
        var before = setup.Weights();
        Assert.All(before.Where(weight => weight.Key.StartsWith("masks.output", StringComparison.Ordinal)), weight =>
            Assert.All(weight.Value, value => Assert.Equal(0, value)));
        setup.Stage.Step(0);
        var first = setup.Weights();
        // The last layer begins with zeros: only it learns in the first step, and all after it.
        Assert.NotEqual(before["masks.output.weight"], first["masks.output.weight"]);
        for (var step = 1; step < 3; step++) setup.Stage.Step(step);
        Assert.All(setup.Weights().Where(weight => weight.Key.StartsWith("masks.", StringComparison.Ordinal)), weight =>
            Assert.NotEqual(before[weight.Key], weight.Value));
    }

    [Fact]
    public void NextMasks_AreThoseOfTheImagesMirroredAsTheyAre()
    {
        using var setup = new Setup(runs, _folder, TinyRun.Config(On, "denoiser.training.class_dropout=0.4"));
        var (training, order) = (setup.Dataset.IndicesOf(Split.Train), new EpochOrder(3, setup.Dataset.IndicesOf(Split.Train).Count, 5));
        var (told, mirrored, all, unlike) = (0, 0, 0, 0);
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            var items = order.At(step);
            var (latents, labels) = setup.Stage.NextBatch(step);
            var masks = setup.Stage.NextMasks(step)!;
            for (var i = 0; i < items.Length; i++, all++)
            {
                var isMirrored = !latents[i].data<float>().ToArray().SequenceEqual(setup.Latents.Select([items[i]], [false])[0].data<float>().ToArray());
                var planes = masks[i].data<float>().ToArray();
                var isTold = planes[^1] == 1;
                if (isTold == (labels![i].item<long>() == 5)) unlike++;
                if (isTold) (told, mirrored) = (told + 1, mirrored + (isMirrored ? 1 : 0));
                var bytes = setup.Dataset.Masks![training[items[i]]].ToArray();
                for (var k = 0; k < 3 * Side * Side; k++)
                    Assert.Equal(isTold ? bytes[isMirrored ? k - k % Side + Side - 1 - k % Side : k] / 255f : 0, planes[k]);
                Assert.All(planes[(3 * Side * Side)..], value => Assert.Equal(isTold ? 1 : 0, value));
            }
        }

        Assert.InRange(told / (double)all, 0.45, 0.75);
        Assert.InRange(mirrored / (double)told, 0.3, 0.7);
        // Masks are left out by draws of their own, and not where classes are.
        Assert.InRange(unlike / (double)all, 0.3, 0.7);
    }

    [Fact]
    public void Sample_OtherMask_IsAnotherImageAndNoneIsNotToTell()
    {
        var config = TinyRun.Config(On);
        using var autoencoder = new Autoencoder(config.Autoencoder, config.Quantum);
        using var denoiser = Denoiser(config);
        SeededInitialization.Apply(autoencoder, 1);
        var sampler = new LatentSampler(config, denoiser, new LatentCodec(autoencoder, 1));
        byte[] one = PhantomRenderer.Masks(PhantomParameters.Sample(1, 0), Side), other = PhantomRenderer.Masks(PhantomParameters.Sample(1, 3), Side);
        byte[] Draw(byte[]? mask, double? guidance = null, int? label = 1) =>
            sampler.Sample(
                Request(mask is null ? null : [mask]) with { Class = label, Guidance = 2, MaskGuidance = guidance },
                TestContext.Current.CancellationToken)[0];
        foreach (int? label in new int?[] { null, 1 })
        {
            Assert.NotEqual(Draw(one, label: label), Draw(other, label: label));
            Assert.NotEqual(Draw(one, label: label), Draw(null, label: label));
            // Of no weight, a mask is not told.
            Assert.True(MeanDifference(Draw(one, 0, label), Draw(null, label: label)) < 0.2);
        }

        // Within all times class and mask are guided as ever, within none of the steps' times neither is.
        var both = Request([one]) with { Class = 1, Guidance = 2, MaskGuidance = 3 };
        byte[] Within(TimeInterval? interval) => sampler.Sample(both with { GuidanceInterval = interval }, TestContext.Current.CancellationToken)[0];
        Assert.Equal(Within(null), Within(TimeInterval.Whole));
        Assert.Equal(
            sampler.Sample(Request([one]) with { Class = 1, Guidance = 1 }, TestContext.Current.CancellationToken)[0], Within(new(0.001, 0.002)));
        Assert.NotEqual(Within(null), Within(new(0.001, 0.002)));

        // Images do not depend on the batch that they are drawn in.
        var request = Request([one, other, one]) with { MaskGuidance = 2 };
        Assert.Equal(sampler.Sample(request, TestContext.Current.CancellationToken),
            sampler.Sample(request with { Batch = 2 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Forward_NoMasks_IsWhatItIsWithMasksThatAreNotTold()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var denoiser = Denoiser(TinyRun.Config(On));
        var (noisy, timesteps, labels) = (ones(2, 2, 8, 8), tensor(new long[] { 3, 40 }), tensor(new long[] { 0, 5 }));
        var untold = MaskTensors.FromBytes([null, null], 3, Side, CPU);
        var empty = MaskTensors.FromBytes([new byte[3 * Side * Side], null], 3, Side, CPU);
        var without = denoiser.call(noisy, timesteps, labels).data<float>().ToArray();
        Assert.Equal(without, denoiser.call(noisy, timesteps, labels, untold).data<float>().ToArray());
        // That nothing is in an image is something else than not to know.
        var told = denoiser.call(noisy, timesteps, labels, empty);
        Assert.NotEqual(denoiser.call(noisy, timesteps, labels)[0].data<float>().ToArray(), told[0].data<float>().ToArray());
    }

    [Fact]
    public void Guidance_ClassAndMask_IsTheSumOfBothSteps()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var denoiser = Denoiser(TinyRun.Config(On));
        var (noisy, timesteps, labels, none) = (ones(1, 2, 8, 8), tensor(new long[] { 20 }), tensor(new long[] { 2 }), tensor(new long[] { 5 }));
        var mask = MaskTensors.FromBytes([PhantomRenderer.Masks(PhantomParameters.Sample(1, 0), Side)], 3, Side, CPU);
        float[] Of(Tensor? given, Tensor? masks) => denoiser.call(noisy, timesteps, given, masks).data<float>().ToArray();
        var (nothing, label, both, alone) = (Of(none, null), Of(labels, null), Of(labels, mask), Of(null, mask));
        var guided = new NetworkGuidance(PredictionKind.Velocity, denoiser, (labels, mask), new(3, 2.5, 0)).Predict(noisy, timesteps).data<float>().ToArray();
        var masked = new NetworkGuidance(PredictionKind.Velocity, denoiser, (null, mask), new(3, 2.5, 0)).Predict(noisy, timesteps).data<float>().ToArray();
        for (var i = 0; i < guided.Length; i++)
        {
            Assert.Equal(nothing[i] + 3 * (label[i] - nothing[i]) + 2.5 * (both[i] - label[i]), guided[i], 1e-4);
            Assert.Equal(nothing[i] + 2.5 * (alone[i] - nothing[i]), masked[i], 1e-4);
        }
    }

    [Fact]
    public void Execute_FolderOfMasks_DrawsOneForEachAndSaysWhich()
    {
        var run = runs.Finished(On);
        using (var dataset = ImageDataset.Open(runs.Dataset))
        {
            foreach (var index in new[] { 0, 5 })
            {
                new MaskPictures(dataset.Masks!.Names, Side).Write(_folder.File("given"),
                    new NamedMask($"eye{index}", dataset.Masks[index].ToArray()));
            }
        }

        var output = _folder.File("out");
        Assert.Equal(2, Sample(run, output, new MaskSource { Path = _folder.File("given") }));
        Assert.Equal(["000000.png,eye0", "000001.png,eye5"], MaskSource.ReadPairs(output)!.Select(pair => $"{pair.Key},{pair.Value}"));
        foreach (var name in new[] { "vessels", "disc", "field" })
            Assert.Equal(ImagePixels(Path.Combine(_folder.File("given"), name, "eye0.png")), ImagePixels(Path.Combine(output, "masks", name, "eye0.png")));
        // What was written is read again, and fewer images leave no old masks behind.
        Assert.Equal(5, Sample(run, _folder.File("again"), new MaskSource { Path = Path.Combine(output, "masks"), Count = 5 }));
        Assert.Equal(["eye0", "eye5", "eye0", "eye5", "eye0"], MaskSource.ReadPairs(_folder.File("again"))!.Values);
        // A mask is a file beside the images, and no other on the machine.
        var table = _folder.File(Path.Combine("again", "pairs.csv"));
        File.WriteAllText(table, File.ReadAllText(table).Replace(",eye5,", ",../eye5,", StringComparison.Ordinal));
        Assert.Contains(
            "names the mask '../eye5' of 000001.png; allowed: the name of a file in masks",
            Assert.Throws<InputException>(() => MaskSource.ReadPairs(_folder.File("again"))).Message, StringComparison.Ordinal);
        File.WriteAllText(table, "image,mask,class,seed\n000000.png,eye0,,1\n000000.png,eye5,,1\n");
        Assert.Contains(
            "2 rows are of the image 000000.png", Assert.Throws<InputException>(() => MaskSource.ReadPairs(_folder.File("again"))).Message,
            StringComparison.Ordinal);
        File.WriteAllText(table, "picture,mask\n000000.png,eye0\n");
        Assert.Contains(
            "begins with another line than image,mask,class,seed",
            Assert.Throws<InputException>(() => MaskSource.ReadPairs(_folder.File("again"))).Message, StringComparison.Ordinal);
        Sample(run, output, null);
        Assert.False(Directory.Exists(Path.Combine(output, "masks")));
        Assert.False(File.Exists(Path.Combine(output, "pairs.csv")));
    }

    [Fact]
    public void Execute_FaultsOfMasks_AreOneLine()
    {
        PngFile.Write(_folder.File("wide.png"), new byte[60 * 30 * 3], 60, 30);
        PngFile.Write(_folder.File("large.png"), [.. Enumerable.Repeat((byte)9, 64 * 64 * 3)], 64, 64);
        PngFile.Write(_folder.File("index.png"), [.. Enumerable.Range(0, 64 * 64).SelectMany(i => Enumerable.Repeat((byte)(i % 4), 3))], 64, 64);
        void Fails(string run, string mask, string words) =>
            Assert.Contains(words, Assert.Throws<InputException>(() =>
            Sample(run, _folder.File("out"), new MaskSource { Path = _folder.File(mask), Count = 1 })).Message, StringComparison.Ordinal);
        var run = runs.Finished(On);
        Fails(runs.Finished(), "index.png", "denoiser.mask_conditional = false");
        Fails(run, "wide.png", "is 60×30 pixels; the run's images are square, 32×32");
        Fails(run, "large.png", "has values up to 9; the run is told masks of vessels, disc, field");
        Fails(run, "nowhere.png", "no such file or folder");
        List<string> told = [];
        Assert.Equal(1, Sample(run, _folder.File("out"), new MaskSource { Path = _folder.File("index.png"), Count = 1 }, told.Add));
        Assert.Contains(told, line => line.Contains("1 of 1 masks were brought to 32×32 pixels", StringComparison.Ordinal));
    }

    [Fact]
    public void Execute_DatasetWithoutMasks_IsRefusedBeforeAnythingIsWritten()
    {
        SidedDataset.Write(_folder.File("data"), 12, "a", "b");
        var config = TinyRun.Config(On);
        var failure = Assert.Throws<InputException>(() =>
            new TrainingRun(config, new TrainingRequest { Dataset = _folder.File("data"), Output = _folder.File("run") }).Execute(
            cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("has no masks, which denoiser.mask_conditional = true needs", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    private static int Sample(string run, string output, MaskSource? masks, Action<string>? announce = null) =>
        SamplingRun.Execute(run, output, force: true, null, new SampleRequest { Count = 1, Seed = 1, Steps = 1, Threads = 1 }, announce: announce,
            masks: masks, cancellation: TestContext.Current.CancellationToken);

    private static SampleRequest Request(byte[][]? masks) => new() { Count = masks?.Length ?? 1, Seed = 4, Steps = 2, Masks = masks };

    private static byte[] ImagePixels(string path) => Fovea.Imaging.Decoding.ImageFile.ReadRgb(path).Pixels;

    private static double MeanDifference(byte[] one, byte[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Average();

    /// <summary>A denoiser whose masks have an effect, as after training.</summary>
    private static UNet Denoiser(RunConfig config)
    {
        var model = new UNet(config.Autoencoder.LatentChannels, 5, config.Denoiser, config.Quantum, new MaskShape(3, config.Autoencoder.Downsampling));
        SeededInitialization.Apply(model, 1);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in model.named_parameters())
            if (name == "masks.output.weight") parameter.copy_(linspace(-0.5, 0.5, parameter.numel()).reshape(parameter.shape));
        return model;
    }

    private sealed class Setup : IDisposable
    {
        private readonly RunFolder _run;
        private readonly AutoencoderStage _first;

        public Setup(TinyRun runs, TemporaryFolder folder, RunConfig config)
        {
            Dataset = ImageDataset.Open(runs.Dataset);
            _run = RunFolder.ForTraining(folder.File("run"), config, resume: false);
            _first = new AutoencoderStage(config, Dataset, _run, TinyRun.Compute(config));
            var autoencoder = (Autoencoder)_first.Network;
            Latents = LatentCache.OpenOrCreate(_run.Latents, "hash", autoencoder, 1, Dataset, null, TestContext.Current.CancellationToken);
            Stage = new DenoiserStage(config, Dataset, Latents, new LatentCodec(autoencoder, 1), _run, TinyRun.Compute(config));
        }

        public ImageDataset Dataset { get; }

        public LatentCache Latents { get; }

        public DenoiserStage Stage { get; }

        public Dictionary<string, float[]> Weights()
        {
            using var scope = NewDisposeScope();
            return Stage.Network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().data<float>().ToArray());
        }

        public void Dispose()
        {
            Stage.Dispose();
            Latents.Dispose();
            _first.Dispose();
            _run.Dispose();
            Dataset.Dispose();
        }
    }
}
