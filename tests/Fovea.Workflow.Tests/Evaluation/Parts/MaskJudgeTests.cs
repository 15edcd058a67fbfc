using Fovea.Core.Errors;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;
using Fovea.Judges.Images;
using Fovea.Tests.Evaluation.Images;
using Fovea.Tests.Training;
using Fovea.Training;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Evaluation.Parts;

/// <summary>Images beside the masks that they are said to be drawn for.</summary>
public sealed class MaskJudgeTests(PhantomImages images)
{
    private const int Count = 24;
    private const ulong Persons = 77; // of PhantomImages.Generated

    [Fact]
    public void Judge_ImagesOfTheirMasks_FollowThemAndOthersDoNot()
    {
        var (judgement, picture, reason) = Judge(shift: 0);
        Assert.Null(reason);
        Assert.NotNull(picture);
        Assert.Equal(("vessels", Count), (judgement!.Mask, judgement.Generated.Pairs));
        // Phantoms with their own masks on either side, and the chance that vessels of two eyes meet.
        Assert.True(judgement.Real.CentreLineDice.Interval!.Value.Low > judgement.Unlike.CentreLineDice.Interval!.Value.High);
        Assert.True(judgement.Generated.CentreLineDice.Interval!.Value.Low > judgement.Unlike.CentreLineDice.Interval!.Value.High);
        Assert.Contains("the generated images follow their masks", MaskWords.Sentences(judgement).Single(), StringComparison.Ordinal);
        var wrong = Judge(shift: 5).Judgement!;
        Assert.True(wrong.Generated.Dice.Value < judgement.Generated.Dice.Value - 0.1);
        Assert.Contains("it is not shown", MaskWords.Sentences(wrong).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_MasksWithoutVessels_AreCountedAndInNoMean()
    {
        var judgement = Judge(shift: 0, blank: 3).Judgement!;
        Assert.Equal((Count - 3, 3), (judgement.Generated.Pairs, judgement.Generated.Empty));
        Assert.Equal($"{Count - 3} (3 more without vessels)", MaskWords.Pairs(judgement.Generated));
        Assert.Equal($"{judgement.Real.Pairs}", MaskWords.Pairs(judgement.Real));
    }

    [Fact]
    public void Judge_RowsOfImagesThatAreNotThere_AreCountedAndTold()
    {
        var folder = images.Generated(Count);
        File.WriteAllText(Path.Combine(folder, MaskSource.TableName), "image,mask,class,seed\nnowhere.png,eye0,,1\nelsewhere.png,eye1,,1\n");
        using var read = EvaluationImages.Read(images.Request(folder), TestContext.Current.CancellationToken);
        Assert.Equal(default, new MaskJudge(1, 1).Judge(read, TestContext.Current.CancellationToken));
        // A sample of a folder's images leaves others out that are there.
        File.WriteAllLines(
            Path.Combine(folder, MaskSource.TableName), ["image,mask,class,seed", .. Directory.GetFiles(folder, "*.png").Select(Path.GetFileName).Select(
                name => $"{name},eye0,,1")]);
        using var some = EvaluationImages.Read(images.Request(folder) with { Most = 20 }, TestContext.Current.CancellationToken);
        Assert.Equal(20, MaskPairs.Of(some.Generated, Assert.Fail).Count);
        Assert.Contains(read.Warnings, warning => warning.EndsWith(
            "pairs.csv: 2 rows of images that are not there (as nowhere.png), which are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Judge_CroppedPictures_AreNotHeldAgainstMasksThatAreNot()
    {
        var (judgement, picture, reason) = Judge(shift: 0, crop: true);
        Assert.Equal((null, null), (judgement, picture));
        Assert.Contains("were cropped", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NoPairs_SaysNothing()
    {
        using var read = EvaluationImages.Read(images.Request(images.Generated(Count)), TestContext.Current.CancellationToken);
        Assert.Equal(default, new MaskJudge(1, 1).Judge(read, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Sample_RunThatIsToldMasks_DrawsForThoseOfTheSplit()
    {
        var (run, output) = (images.New(), images.New());
        var config = TinyRun.Config("size=64", "denoiser.mask_conditional=true", "autoencoder.training.steps=1", "denoiser.training.steps=1",
            "quantum.enabled=false");
        new TrainingRun(config, new TrainingRequest { Dataset = images.Dataset, Output = run }).Execute(cancellation: TestContext.Current.CancellationToken);
        using var dataset = ImageDataset.Open(images.Dataset);
        new RunImages(run) { Split = Split.Val }.Sample(output, dataset, new SampleRequest { Count = 9, Seed = 1, Steps = 1, Threads = 1 },
            TestContext.Current.CancellationToken);
        var pairs = Directory.GetDirectories(output)
            .SelectMany(folder => MaskSource.ReadPairs(folder)!
            .Select(pair => (Class: Path.GetFileName(folder), Index: int.Parse(pair.Value, System.Globalization.CultureInfo.InvariantCulture)))).ToArray();
        Assert.Equal(9, pairs.Length);
        Assert.All(pairs, pair =>
            Assert.Equal((Split.Val, pair.Class), (dataset.Entries[pair.Index].Split, dataset.ClassNames[dataset.Entries[pair.Index].Label!.Value])));
        // Masks are no images.
        Assert.Equal(9, new FolderImages(64, framing: null).Read(output, FolderImages.Sampled, 100, 0, null, TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void Read_GuidanceOfPicturesThatAreThere_IsRefused()
    {
        var request = images.Request(images.Generated(Count));
        (EvaluationRequest, string)[] all =
        [
            (request with { Guidance = 2 }, "Guidance"), (request with { MaskGuidance = 2 }, "MaskGuidance"),
            (request with { AttentionGuidance = 0.2 }, "AttentionGuidance"),
            (request with { AttentionInterval = new(0.6, 1) }, "AttentionInterval"), (request with { Count = 9 }, "Count"),
            (request with { GuidanceInterval = new(0.5, 0.9) }, "GuidanceInterval"),
        ];
        foreach (var (asked, name) in all)
        {
            var refused = Assert.Throws<InputException>(() => EvaluationImages.Read(asked, TestContext.Current.CancellationToken));
            Assert.Contains($"is no run, and {name} is for one", refused.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Sample_GuidanceThatWouldChangeNothing_IsRefused()
    {
        var run = images.New();
        var config = TinyRun.Config(
            "size=64", "denoiser.class_conditional=false", "autoencoder.training.steps=1", "denoiser.training.steps=1", "quantum.enabled=false");
        new TrainingRun(config, new TrainingRequest { Dataset = images.Dataset, Output = run }).Execute(cancellation: TestContext.Current.CancellationToken);
        using var dataset = ImageDataset.Open(images.Dataset);
        var plain = new SampleRequest { Count = 9, Seed = 1, Steps = 1, Threads = 1 };
        foreach (var (asked, setting) in new[] { (plain with { Guidance = 2 }, "class_conditional"), (plain with { MaskGuidance = 2 }, "mask_conditional") })
        {
            var refused = Assert.Throws<InputException>(
                () => new RunImages(run).Sample(images.New(), dataset, asked, TestContext.Current.CancellationToken));
            Assert.Contains($"denoiser.{setting} = false", refused.Message, StringComparison.Ordinal);
        }

        // A picture of another hand among those of the run would be judged as the run's.
        var request = images.Request(run) with { Count = 20 };
        var foreign = Path.Combine(request.Output, "generated", "mine.png");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        PhantomImages.Write(Path.GetDirectoryName(foreign)!, 0, new byte[64 * 64 * 3], 64);
        File.Move(Path.Combine(Path.GetDirectoryName(foreign)!, "000000.png"), foreign);
        var among = Assert.Throws<InputException>(() => EvaluationImages.Read(request, TestContext.Current.CancellationToken));
        Assert.Contains("holds mine.png, which was not drawn here", among.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(foreign)!));

        // What was drawn before stays where nothing takes its place.
        var drawn = Path.Combine(images.New(), DrawnImages.PathOf("", 0));
        Directory.CreateDirectory(Path.GetDirectoryName(drawn)!);
        File.WriteAllText(drawn, "");
        var unguided = Assert.Throws<InputException>(() => new RunImages(run).Sample(
            Path.GetDirectoryName(drawn)!, dataset, plain with { GuidanceInterval = new(0.5, 0.9) }, TestContext.Current.CancellationToken));
        Assert.Contains("would change nothing here", unguided.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(drawn));
    }

    private (MaskJudgement? Judgement, byte[]? Picture, string? Reason) Judge(int shift, bool crop = false, int blank = 0)
    {
        var folder = images.Generated(Count);
        var area = PhantomRenderer.MaskNames.Count * PhantomImages.Side * PhantomImages.Side;
        NamedMask[] masks = [.. Enumerable.Range(0, Count)
            .Select(k => new NamedMask(
                $"m{k}",
                k < blank ? new byte[area] : PhantomRenderer.Masks(PhantomParameters.Sample(Persons, (k + shift) % Count), PhantomImages.Side)))];
        MaskSource.Write(folder, new MaskPictures(PhantomRenderer.MaskNames, PhantomImages.Side), masks, 0, null, 1);
        using var read = EvaluationImages.Read(images.Request(folder) with { Crop = crop }, TestContext.Current.CancellationToken);
        return new MaskJudge(1, 1).Judge(read, TestContext.Current.CancellationToken);
    }
}
