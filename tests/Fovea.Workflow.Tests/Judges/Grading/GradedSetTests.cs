using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Judges.Grading;
using Fovea.Judges.Training;
using Fovea.Tests.Cli;

namespace Fovea.Tests.Judges.Grading;

public sealed class GradedSetTests(QualityDataset data) : IClassFixture<QualityDataset>
{
    [Fact]
    public void Of_FolderWithABrokenFile_GradesTheRestAndNamesIt()
    {
        var (run, pictures) = (Trained(), Pictures());
        using var grader = GraderFile.Load(Path.Combine(run, GraderTraining.WeightsName));
        var graded = GradedSet.Grade([("own", grader)], [pictures], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((4, 3), (graded.Images.Count, graded.Graded));
        var broken = Assert.Single(graded.Images, image => image.Skipped is not null);
        Assert.EndsWith("broken.png", broken.File, StringComparison.Ordinal);
        Assert.InRange(graded.Gradable, 0, 3);
        Assert.True(graded.GradableShare.Contains(graded.Gradable / 3.0));
        Assert.Equal(5, graded.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Grade_PictureGivenTwice_CountsOnceAndIsTold()
    {
        var (run, pictures) = (Trained(), Pictures());
        using var grader = GraderFile.Load(Path.Combine(run, GraderTraining.WeightsName));
        var one = Directory.GetFiles(pictures, "0.png")[0];
        var linked = data.NewFolder();
        Directory.CreateSymbolicLink(linked, pictures);
        var graded = GradedSet.Grade([("own", grader)], [pictures, one, Path.Combine(linked, "0.png")], threads: 1,
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((4, 3), (graded.Images.Count, graded.Graded));
        Assert.Contains("given more than once, and graded once: 2 pictures", graded.PassedOver);
    }

    [Fact]
    public void ToCsv_NamesWithCommasAndQuotes_AreReadBack()
    {
        var graded = new GradedSet(
            [new GradedImage("a,\"b\".png", new(0.7, 0.2, 0.1), null) { Grader = "grader-64" }, new GradedImage("c.png", null, "no picture, but text")]);
        string[][] rows = [.. CsvReader.Read(new StringReader(graded.ToCsv()))];
        Assert.Equal(["a,\"b\".png", "0.7000", "0.2000", "0.1000", "good", "yes", "", "grader-64"], rows[1]);
        Assert.Equal(["c.png", "", "", "", "", "", "no picture, but text", ""], rows[2]);
    }

    [Fact]
    public void Command_Folder_WritesTheTable()
    {
        var (run, pictures, table) = (Trained(), Pictures(), data.NewFolder() + ".csv");
        var result = FoveaProcess.Run("grade", pictures, "--grader", Path.Combine(run, GraderTraining.WeightsName), "--out", table, "--threads", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("3 graded, ", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 skipped", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("file,good,usable,reject,grade,gradable,skipped,grader\n", File.ReadAllText(table), StringComparison.Ordinal);
    }

    // Pictures of 64 px go to the grader of 64 px and larger ones to that of 128 px; the program's own sheet and other types are counted, not graded.
    [Fact]
    public void Command_NoGraderNamed_TakesTheShippedOneOfEachPicturesSize()
    {
        var (pictures, table) = (data.NewFolder(), data.NewFolder() + ".csv");
        var inner = Directory.CreateDirectory(Path.Combine(pictures, "healthy")).FullName;
        var drawn = new List<byte[]>();
        for (var k = 0; k < 2; k++)
        {
            drawn.Add(PhantomRenderer.Render(PhantomParameters.Sample(1, k), 64));
            PngFile.Write(Path.Combine(pictures, $"{k:D6}.png"), drawn[k], 64, 64);
        }

        PngFile.Write(Path.Combine(inner, "large.png"), PhantomRenderer.Render(PhantomParameters.Sample(1, 2), 160), 160, 160);
        ImageGrid.Write(Path.Combine(pictures, "grid.png"), drawn, 64, 64);
        File.WriteAllBytes(Path.Combine(pictures, "film.gif"), [.. "GIF89a"u8, 0, 0, 0]);
        var result = FoveaCommand.Run("grade", pictures, "--out", table, "--threads", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("3 graded, ", result.Error, StringComparison.Ordinal);
        Assert.Contains(", 1 by grader-128, 2 by grader-64", result.Error, StringComparison.Ordinal);
        Assert.Contains("passed over: 1 .gif, 1 sheets", result.Error, StringComparison.Ordinal);
        string[][] rows = [.. CsvReader.Read(new StringReader(File.ReadAllText(table)))];
        Assert.Equal(
            [("000000.png", "grader-64"), ("000001.png", "grader-64"), ("large.png", "grader-128")],
            rows.Skip(1).Select(row => (Path.GetFileName(row[0]), row[^1])));
    }

    [Theory]
    [InlineData("grade", "IMAGES|DIR is missing")]
    [InlineData("grade x.png", "x.png: no such file or folder")]
    [InlineData("grade x.png --grader nothere", "nothere: no such file", "grader-64, grader-128")]
    [InlineData("evaluate --real x --generated y", "--out is missing")]
    [InlineData("evaluate --real x --generated y --out z --split all", "x: no such folder")]
    [InlineData("evaluate --real x --generated y --out z --split al", "--split al", "val, test, train, all")]
    [InlineData("evaluate --real x --generated y --out z --half-samples 1", "--half-samples 1", "10 to 10000")]
    [InlineData("features train", "DATASET is missing")]
    [InlineData("features train x --out y", "--labels is missing")]
    [InlineData("features train x --out y --labels z", "x: no such folder")]
    [InlineData("features train x --out y --labels z --steps 0", "--steps 0", "1 to 1000000")]
    [InlineData("grade train", "DATASET is missing")]
    [InlineData("grade train x", "--out is missing")]
    [InlineData("grade train x --out y", "x: no such folder")]
    [InlineData("grade train x --out y --steps 0", "--steps 0", "1 to 1000000")]
    [InlineData("grade train x --out y --batch -1", "--batch -1", "1 to 4096")]
    public void Command_BadInput_IsOneLine(string line, params string[] words)
    {
        FoveaCommand.Run([.. line.Split(' '), "--threads", "1"]).AssertBadInput(words);
        Assert.False(Path.Exists("y"));
    }

    [Fact]
    public void Load_OtherWeights_AreRefused()
    {
        var path = data.NewFolder() + ".safetensors";
        File.WriteAllText(path, "not weights");
        Assert.Throws<InputException>(() => GraderFile.Load(path));
    }

    private string Trained()
    {
        var folder = data.NewFolder();
        GraderTraining.Run(
            new GraderRequest { Dataset = data.Dataset, Output = folder, Options = new() { Steps = 2, Batch = 4, Width = 8 } },
            TestContext.Current.CancellationToken);
        return folder;
    }

    private string Pictures()
    {
        var folder = data.NewFolder();
        Directory.CreateDirectory(folder);
        using var dataset = ImageDataset.Open(data.Dataset);
        for (var k = 0; k < 3; k++) PngFile.Write(Path.Combine(folder, $"{k}.png"), dataset.GetImage(k).ToArray(), dataset.Size, dataset.Size);
        File.WriteAllText(Path.Combine(folder, "broken.png"), "no picture");
        return folder;
    }
}
