using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Judging.Assessment;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Training;

namespace Fovea.Tests.Judging.Assessment;

public sealed class EvaluatorTest(PhantomImages images) : IClassFixture<PhantomImages>
{
    [Fact]
    public void Run_PlantedCopies_AreFoundByFeaturesAndByPixels()
    {
        var folder = images.Generated(60);
        images.PlantCopies(folder, 12);
        var result = Run(images.Request(folder));
        Assert.Equal(["FundusNet", "pixels"], result.Memorisation.Select(judgement => judgement.Space));
        foreach (var judgement in result.Memorisation)
        {
            // The copies are the twelve nearest, and nearer than any of 40 held-out images.
            Assert.Equal(Enumerable.Range(0, 12), judgement.Report.Closest.Take(12).Select(pair => pair.Generated).Order());
            Assert.All(judgement.Report.Closest.Take(12), pair => Assert.Equal(0, pair.Percentile));
            Assert.InRange(judgement.Report.BelowFirst.Count, 12, 20);
        }

        Assert.NotNull(result.Pictures.ClosestPairs);
    }

    [Fact]
    public void Run_FlawlessImages_AreNearTheFloor_AndRecolouredOnesAreNot()
    {
        var folder = images.Generated(40);
        var good = Run(images.Request(folder) with { RealSplit = null }).Features[0];
        foreach (var file in Directory.GetFiles(folder)) Recolour(file);
        var recoloured = Run(images.Request(folder) with { RealSplit = null }).Features[0];
        Assert.True(recoloured.Frechet.Value > 2 * good.Frechet.Value);
        Assert.True(recoloured.Coverage.Value < good.Coverage.Value);
        // Unbiased: an interval of like distributions holds about 0; three standard errors are wider than its two.
        var interval = good.Kernel.Interval!.Value;
        Assert.InRange(0, interval.Low - (0.25 * (interval.High - interval.Low)), interval.High + (0.25 * (interval.High - interval.Low)));
        Assert.True(recoloured.Kernel.Interval!.Value.Low > interval.High);
    }

    [Fact]
    public void Run_Twice_IsTheSame_AndTheSecondTakesFeaturesFromTheCache()
    {
        var request = images.Request(images.Generated(30)) with { Cache = images.New() };
        var (first, second) = (Run(request), Run(request));
        Assert.Equal(3, Directory.GetFiles(request.Cache!).Length);
        Assert.Equal(first.Features[0].Frechet, second.Features[0].Frechet);
        Assert.Equal(first.Fundus.Figures, second.Fundus.Figures);
        // A damaged file is measured again.
        foreach (var file in Directory.GetFiles(request.Cache!)) File.WriteAllText(file, "damaged");
        Assert.Equal(first.Features[0].Kernel, Run(request).Features[0].Kernel);
    }

    [Fact]
    public void Run_OddPictures_AreReadOneWayOrNamed()
    {
        var folder = images.Generated(24);
        PhantomImages.Write(folder, 0, new byte[32 * 32 * 3], 32);
        File.Delete(Path.Combine(folder, "000002.png"));
        File.WriteAllBytes(Path.Combine(folder, "000002.ppm"), [.. "P6 64 64 65535 "u8, .. new byte[64 * 64 * 6]]);
        File.WriteAllText(Path.Combine(folder, "broken.png"), "no picture");
        PngFile.Write(Path.Combine(folder, "wide.png"), new byte[64 * 32 * 3], 64, 32);
        File.Copy(Path.Combine(folder, "000001.png"), Path.Combine(folder, "grid.png"));
        var result = Run(images.Request(folder));
        Assert.Equal(24, result.Generated.Images);
        Assert.Equal(["broken.png", "wide.png"], result.Generated.Skipped.Select(skipped => Path.GetFileName(skipped.File)).Order());
        Assert.Contains(result.Warnings, warning => warning.Contains("several sizes (1 of 32 px, 23 of 64 px)", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.Contains("2 of 24 pictures are grey", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.Contains("1 of 24 pictures have more than 8 bits", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, warning => warning.Contains("2 generated pictures gave no image", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_FoldersOfClasses_MeasureDownstreamUse()
    {
        var (source, folder) = (images.Generated(60), images.New());
        using (var dataset = ImageDataset.Open(images.Dataset))
            foreach (var name in dataset.ClassNames) Directory.CreateDirectory(Path.Combine(folder, name));
        var classes = Directory.GetDirectories(folder).Order().ToArray();
        foreach (var (file, k) in Directory.GetFiles(source).Order().Select((file, k) => (file, k))) File.Move(file, Path.Combine(classes[k % classes.Length], Path.GetFileName(file)));
        var judgement = Run(images.Request(folder)).Downstream;
        Assert.NotNull(judgement);
        Assert.Equal([("real", 60), ("generated", 60), ("both", 120)], judgement.Rows.Select(row => (row.TrainedOn, row.Images)));
        Assert.All(judgement.Rows, row => Assert.True(row.BalancedAccuracy.Interval!.Value.Contains(row.BalancedAccuracy.Value)));
    }

    [Fact]
    public void Run_TableOfClasses_NamesThemWhateverTheFoldersAreCalled()
    {
        var (source, folder) = (images.Generated(60), images.New());
        string[] classes = ["Good ", "usable", "REJECT", "blurred"];
        List<(string File, string Class)> rows = [];
        foreach (var (k, file) in Directory.GetFiles(source).Order(StringComparer.Ordinal).Index())
        {
            var inner = Directory.CreateDirectory(Path.Combine(folder, $"class-{k % classes.Length}")).FullName;
            File.Move(file, Path.Combine(inner, Path.GetFileName(file)));
            rows.Add(($"class-{k % classes.Length}/{Path.GetFileName(file)}", classes[k % classes.Length]));
        }

        ClassFiles.Write(folder, rows);
        var result = Run(images.Request(folder));
        Assert.Equal([("real", 45), ("generated", 45), ("both", 90)], result.Downstream!.Rows.Select(row => (row.TrainedOn, row.Images)));
        Assert.Contains(result.Warnings, warning => warning.Contains("left out of downstream use: 'blurred' (15)", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_WithoutClassesRunAndTraining_SaysWhatIsMissing()
    {
        var result = Run(images.Request(images.Generated(30)) with { RealSplit = null });
        Assert.Empty(result.Memorisation);
        Assert.Null(result.Downstream);
        Assert.Equal(3, result.Omissions.Count);
        Assert.Null(result.Gradability!.IsOutside);
    }

    [Fact]
    public void Run_Grader_IsAnOutsideJudgeOfPhantoms() => Assert.True(Run(images.Request(images.Generated(30))).Gradability!.IsOutside);

    [Fact]
    public void Run_GraderOfTheSameImages_IsToldAmongTheWarnings()
    {
        var grader = Path.Combine(images.New(), GraderTraining.WeightsName);
        GraderTraining.Run(new GraderRequest { Dataset = images.Dataset, Output = Path.GetDirectoryName(grader)!, Options = new() { Steps = 1, Batch = 2, Width = 8 } }, TestContext.Current.CancellationToken);
        var result = Run(images.Request(images.Generated(30)) with { Grader = grader });
        Assert.False(result.Gradability!.IsOutside);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("the grader is no outside judge", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BadInput_IsOneLine()
    {
        Refuse(images.Request(images.Dataset), "the generated images are the real ones");
        Refuse(images.Request(images.New()), "no such folder");
        Refuse(images.Request(images.Generated(19)), "19 images; at least 20 are needed");
        Refuse(images.Request(images.Generated(20)) with { RealSplit = Split.Test }, "has no image in its split 'test'");
        Refuse(images.Request(images.Generated(20)) with { Features = ["fundusnett"] }, "no such file or network");
        Refuse(images.Request(images.Generated(20)) with { Grader = "grader-65" }, "no such file");
        var same = Directory.CreateDirectory(images.New()).FullName;
        using (var dataset = ImageDataset.Open(images.Dataset))
            foreach (var index in dataset.IndicesOf(Split.Val)) PhantomImages.Write(same, index, dataset.GetImage(index).ToArray(), PhantomImages.Side);
        Refuse(images.Request(same), "pixel for pixel; there is nothing to judge");
    }

    private static EvaluationResult Run(EvaluationRequest request) => Evaluator.Run(request, TestContext.Current.CancellationToken);

    private static void Refuse(EvaluationRequest request, string told)
    {
        var failure = Assert.Throws<InputException>(() => Run(request));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    /// <summary>Red and blue exchanged.</summary>
    private static void Recolour(string file)
    {
        var pixels = Fovea.Imaging.Decoding.ImageDecoder.Decode(File.ReadAllBytes(file)).Image.Pixels;
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        PngFile.Write(file, pixels, PhantomImages.Side, PhantomImages.Side);
    }
}
