using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Tests.Evaluation.Images;
using Fovea.Tests.Judges.Features;

namespace Fovea.Tests.Evaluation.Parts;

/// <summary>Pictures that are odd, dead, of other things, or called and ordered otherwise.</summary>
public sealed class OddPicturesTests(PhantomImages images)
{
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

    // The same 60 pictures under swapped class folders, other file names and another order: every figure is the same to the last digit, of all as of half.
    [Theory]
    [InlineData(10_000)]
    [InlineData(30)]
    public void Run_OtherNamesOfFilesAndFolders_GiveTheSameFigures(int most)
    {
        var source = Directory.GetFiles(images.Generated(60)).Order(StringComparer.Ordinal).ToArray();
        string Folder(Func<int, string> name)
        {
            var folder = images.New();
            foreach (var (file, k) in source.Select((file, k) => (file, k)))
            {
                var path = Path.Combine(folder, name(k));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(file, path);
            }

            return folder;
        }

        // One class is in greys: the first folder alone would give other figures.
        foreach (var file in source.Take(30)) Greyed(file);
        var request = images.Request("") with { Most = most, DownstreamSteps = 0, TwoSampleSteps = 3 };
        var (one, other) = (
            Run(request with { Generated = Folder(k => $"{(k < 30 ? "0_a" : "1_b")}/l{k}.png") }),
            Run(request with { Generated = Folder(k => $"{(k < 30 ? "1_b" : "0_a")}/{99 - k}.png") }));
        Assert.Equal(Math.Min(60, most), one.Generated.Images);
        Assert.Equal(one.Generated.ContentHash, other.Generated.ContentHash);
        Assert.Equal(Numbers(one), Numbers(other));
        if (most == 30)
        {
            Assert.Contains(
                one.Warnings, warning => warning.Contains("30 of 60 pictures were taken, by seed 0, spread over the classes", StringComparison.Ordinal));
        }

        static object[] Numbers(EvaluationResult result) =>
        [
            .. result.Features.SelectMany(
                f => new object[] { f.Frechet, f.FrechetLimit!.Value, f.Kernel, f.Precision, f.Recall, f.Density, f.Coverage, f.GeneratedVariety }),
            .. result.Fundus!.Figures, result.Variety!, result.Gradability!.Generated.Gradable,
            .. result.Memorisation.SelectMany(m => new object[] { m.Report.BelowFirst, m.Report.BelowFifth, m.Report.Records!, m.Report.Membership!.Area }),
            .. result.TwoSample!.GeneratedOdds.Cast<object>(), result.Features[0].SupportFloor!,
        ];
    }

    // A dead picture is left out of the figures that it has no value of, by its name, and a set of such pictures of the whole figure.
    [Fact]
    public void Run_BlackWhiteAndGreyPictures_AreLeftOutOfWhatTheyHaveNoValueOf()
    {
        var folder = images.Generated(24);
        byte[] levels = [0, 255, 128];
        for (var k = 0; k < levels.Length; k++) PhantomImages.Write(folder, k, [.. Enumerable.Repeat(levels[k], 64 * 64 * 3)], PhantomImages.Side);
        PhantomImages.Write(folder, 3, [.. Enumerable.Range(0, 64 * 64).SelectMany(_ => new byte[] { 200, 80, 40 })], PhantomImages.Side);
        var result = Run(images.Request(folder));
        Assert.Equal(5, result.Fundus!.Figures.Count);
        Assert.All(result.Fundus!.Figures, figure => Assert.True(double.IsFinite(figure.Distance.Value)));
        AssertWarns(result, "hue: 3 of 24 generated images (", "000001.png");
        AssertWarns(result, "disc contrast: 1 of 24 generated images (", "000000.png");
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(128, 1)]
    public void Run_OnePictureOverAndOver_IsJudgedByWhatItHas(byte level, int missing)
    {
        var folder = Directory.CreateDirectory(images.New()).FullName;
        for (var k = 0; k < 20; k++) PhantomImages.Write(folder, k, [.. Enumerable.Repeat(level, 64 * 64 * 3)], PhantomImages.Side);
        var result = Run(images.Request(folder));
        Assert.Equal(5 - missing, result.Fundus!.Figures.Count);
        Assert.Contains(
            result.Omissions,
            omission => omission.What == "hue"
                && omission.Reason.StartsWith("30 of 30 real and 0 of 20 generated images have a value", StringComparison.Ordinal));
        Assert.True(result.Features[0].Frechet.Value > 0);
        var report = Directory.CreateDirectory(images.New()).FullName;
        Assert.Equal(2, EvaluationReport.Write(result, report).Count);
        Assert.NotEmpty(EvaluationText.Lines(result));
    }

    // Images of other things: what was made for the retina is left out, and told.
    [Fact]
    public void Run_RealImagesThatAreNoFundusPhotographs_LeavesTheShippedJudgesOut()
    {
        var blue = images.New();
        using (var dataset = ImageDataset.Open(images.Dataset))
        using (var writer = new DatasetWriter(blue, dataset.Size, force: false))
        {
            foreach (var entry in dataset.Entries)
            {
                writer.Append(
                    [.. dataset.GetImage(entry.Index).ToArray().Chunk(3).SelectMany(pixel => pixel.Reverse())], entry);
            }

            writer.Complete(new DatasetSummary { Source = dataset.Source, ClassNames = dataset.ClassNames });
        }

        var result = Run(images.Request(images.Generated(30)) with { Real = blue, Grader = null });
        Assert.Contains(result.Warnings, warning => warning.Contains("0 % of the real images look like fundus photographs", StringComparison.Ordinal));
        Assert.Empty(result.Features);
        Assert.Null(result.Fundus);
        Assert.Null(result.Gradability);
        Assert.Equal("pixels", Assert.Single(result.Memorisation).Space);
        Assert.Equal(
            ["FD(FundusNet)", "colour, vessels, disc and light", "gradability"], result.Omissions.Select(omission => omission.What)
                .Intersect(["FD(FundusNet)", "gradability", "colour, vessels, disc and light"]).Order(StringComparer.Ordinal));
        EvaluationReport.Write(result, Directory.CreateDirectory(images.New()).FullName);
        Assert.NotEmpty(EvaluationText.Lines(result));
        // Fundus images judged beside others are only told of.
        var told = Run(images.Request(Generated(blue)));
        Assert.Contains(told.Warnings, warning => warning.Contains("0 % of the generated images look like fundus photographs", StringComparison.Ordinal));
        Assert.NotEmpty(told.Features);
    }

    // A network without finite features of some image is measured by the others.
    [Fact]
    public void Run_NetworkWithoutFiniteFeaturesOfOneImage_LeavesItOut()
    {
        var network = images.New() + ".onnx";
        // The channels' means go through a logarithm: that of black is infinite.
        OnnxFile.Write(network, [-1, 3, PhantomImages.Side, PhantomImages.Side], last: "Log");
        File.WriteAllText(network + ".toml", "size = 64\nname = \"log\"");
        var folder = images.Generated(24);
        PhantomImages.Write(folder, 7, new byte[64 * 64 * 3], PhantomImages.Side);
        var result = Run(images.Request(folder) with { Features = [network] });
        Assert.Equal("log", Assert.Single(result.Features).Network.Name);
        AssertWarns(result, "log: 1 of 24 generated images (", "000007.png");
        Assert.DoesNotContain(result.Memorisation[0].Report.Closest, pair => pair.Generated == 7);
        for (var k = 0; k < 10; k++) PhantomImages.Write(folder, k, new byte[64 * 64 * 3], PhantomImages.Side);
        // Of images of classes the features of the training set are asked for, too.
        File.WriteAllLines(Path.Combine(folder, ClassFiles.TableName), ["file,class", .. Enumerable.Range(0, 24).Select(k => $"{k:D6}.png,good")]);
        Assert.Contains(Run(images.Request(folder) with { Features = [network] }).Omissions, omission => omission.What == "FD(log)");
    }

    private static EvaluationResult Run(EvaluationRequest request) => Evaluator.Run(request, TestContext.Current.CancellationToken);

    private static void AssertWarns(EvaluationResult result, string beginning, string part) => Assert.Contains(
        result.Warnings,
        warning => warning.StartsWith(beginning, StringComparison.Ordinal) && warning.Contains(part, StringComparison.Ordinal));

    private string Generated(string dataset)
    {
        var folder = Directory.CreateDirectory(images.New()).FullName;
        using var opened = ImageDataset.Open(dataset);
        foreach (var index in opened.IndicesOf(Split.Train).Take(24)) PhantomImages.Write(folder, index, opened.GetImage(index).ToArray(), PhantomImages.Side);
        return folder;
    }

    private static void Greyed(string file)
    {
        var pixels = Fovea.Imaging.Decoding.ImageDecoder.Decode(File.ReadAllBytes(file)).Image.Pixels;
        for (var i = 0; i < pixels.Length; i += 3) pixels[i] = pixels[i + 2] = pixels[i + 1];
        PngFile.Write(file, pixels, PhantomImages.Side, PhantomImages.Side);
    }
}
