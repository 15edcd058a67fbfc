using Fovea.Core.Errors;
using Fovea.Evaluation.Images;
using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Judges.Training;
using Fovea.Tests.Evaluation.Images;

namespace Fovea.Tests.Evaluation.Parts;

public sealed class EvaluatorTests(PhantomImages images)
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
            // A fifth of the images are copies: the nearest 5 % are, whatever the median does.
            Assert.InRange(judgement.Report.Records!.Distance.Fifth.Ratio!.Value, 0, 0.7);
            Assert.InRange(judgement.Report.Records.NeighbourRatio!.Fifth.Ratio!.Value, 0, 0.7);
            // By pixels a training image that was copied lies nearest of all.
            Assert.Equal((270, 30), (judgement.Report.Membership!.Area.Lower, judgement.Report.Membership.Area.Higher));
            Assert.True(judgement.Report.Membership.MemberDistances.Order().ElementAt(11) < judgement.Report.Membership.OtherDistances.Min());
        }

        // The ceiling of recall and coverage, at half of the real images.
        var floor = result.Features[0].SupportFloor!;
        Assert.Equal(15, floor.Images);
        Assert.InRange(floor.RealCoverage.Mean, 0.7, 1);
        Assert.InRange(floor.GeneratedRecall.Mean, 0.3, 1);

        Assert.NotNull(result.Pictures.ClosestPairs);
    }

    [Fact]
    public void Run_FlawlessImages_AreNearTheFloor_AndRecolouredOnesAreNot()
    {
        var folder = images.Generated(40);
        var good = Run(images.Request(folder) with { RealSplit = null, Most = 160 }).Features[0];
        foreach (var file in Directory.GetFiles(folder)) Recolour(file);
        var recoloured = Run(images.Request(folder) with { RealSplit = null, Most = 160 }).Features[0];
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
        var request = images.Request(images.Generated(30)) with { Cache = images.New(), Most = 60 };
        var (first, second) = (Run(request), Run(request));
        Assert.Equal(3, Directory.GetFiles(request.Cache!, "*.safetensors").Length);
        Assert.Equal(first.Features[0].Frechet, second.Features[0].Frechet);
        Assert.Equal(first.Fundus!.Figures, second.Fundus!.Figures);
        // A damaged file is measured again.
        foreach (var file in Directory.GetFiles(request.Cache!, "*.safetensors")) File.WriteAllText(file, "damaged");
        Assert.Equal(first.Features[0].Kernel, Run(request).Features[0].Kernel);
    }

    [Fact]
    public void Run_TrainingImagesAmongTheRealOnes_AreToldAndNothingIsSaidOfCopies()
    {
        var request = images.Request(images.Generated(30)) with { RealSplit = null, Training = images.Dataset, Most = 100 };
        var result = Run(request);
        Assert.Contains(result.Warnings, warning => warning.Contains("real images are training images of", StringComparison.Ordinal));
        Assert.Empty(result.Memorisation);
        Assert.Null(result.Training);
        Assert.Contains(result.Omissions, omission => omission.Reason.Contains("training images are not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_TableOfClassesThatDoesNotFit_IsToldInCounts()
    {
        var folder = images.Generated(24);
        IEnumerable<string> Told(string table)
        {
            File.WriteAllText(Path.Combine(folder, ClassFiles.TableName), table);
            return Run(images.Request(folder)).Warnings.Where(warning => warning.Contains(ClassFiles.TableName, StringComparison.Ordinal))
                .Select(warning => warning[(warning.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }

        Assert.Equal(["its first row is not 'file,class'; no class was taken from it"], Told("file;class\n000001.png;x\n"));
        Assert.Equal(
            ["names no class for 23 of 24 pictures, which count as of none", "2 of its rows name files that are not there"],
            Told("file,class\n000001.png,a\nnone.png,a\nnor.png,b\n"));
    }

    // Copies of 30 % of the training images tell by pixels who was trained on; a two-sample test of no steps is named among what is missing.
    [Fact]
    public void Run_GeneratorThatCopiesAThirdOfItsTrainingImages_LeaksMembership()
    {
        var folder = images.Generated(90);
        images.PlantCopies(folder, 81);
        var result = Run(images.Request(folder));
        Assert.All(
            result.Memorisation,
            judgement => Assert.True(
                judgement.Report.Membership!.Area.Interval.Low > 0.5, $"{judgement.Space}: {judgement.Report.Membership.Area}"));
        Assert.Null(result.TwoSample);
        Assert.Contains(result.Omissions, omission => omission == new Omission("two-sample test", "the steps of the two-sample test are 0"));
    }

    [Fact]
    public void Run_WithoutClassesRunAndTraining_SaysWhatIsMissing()
    {
        var result = Run(images.Request(images.Generated(30)) with { RealSplit = null, Most = 100 });
        Assert.Empty(result.Memorisation);
        Assert.Null(result.Downstream);
        Assert.Null(result.Classes);
        Assert.Equal(4, result.Omissions.Count);
        Assert.Null(result.Gradability!.IsOutside);
    }

    [Fact]
    public void Run_Grader_IsAnOutsideJudgeOfPhantoms() => Assert.True(Run(images.Request(images.Generated(20)) with { Grader = null, Most = 20 }).Gradability!.IsOutside);

    [Fact]
    public void Run_GraderOfTheSameImages_IsToldAmongTheWarnings()
    {
        var grader = Path.Combine(images.New(), GraderTraining.WeightsName);
        GraderTraining.Run(
            new GraderRequest
            {
                Dataset = images.Dataset,
                Output = Path.GetDirectoryName(grader)!,
                Options = new() { Steps = 1, Batch = 2, Width = 8 },
            },
            TestContext.Current.CancellationToken);
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
