using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;
using NetVips;

namespace Fovea.Tests.Imaging.Preparation;

public sealed class DatasetPreparationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PrepareOptions Options => new() { Source = _folder.File("in/x")[..^2], Output = _folder.File("out"), Size = 64 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_MixedFolder_KeepsGoodAndListsBad()
    {
        AddPictures(6);
        File.WriteAllText(_folder.File("in/notes.txt"), "no picture, not listed");
        File.WriteAllText(_folder.File("in/text.jpg"), "no picture, listed");
        File.WriteAllBytes(_folder.File("in/zero.png"), []);
        File.WriteAllBytes(_folder.File("in/cut.jpg"), Picture(50).ToJpeg()[..2000]);
        File.WriteAllBytes(_folder.File("in/grey.png"), (Image.Black(200, 200) + 120).Cast(Enums.BandFormat.Uchar).PngsaveBuffer());
        File.WriteAllBytes(_folder.File("in/strip.png"), new SyntheticFundus { Width = 800, Height = 200, CentreX = 400, CentreY = 100 }.Draw().ToPng());
        File.WriteAllBytes(_folder.File("in/sub/noextension"), Picture(51).ToPng());
        var updates = new List<ProgressUpdate>();
        var report = DatasetPreparation.Run(Options, new Listener(updates), TestContext.Current.CancellationToken);
        Assert.Equal(7, report.Count);
        Assert.Equal(["cut.jpg", "grey.png", "strip.png", "text.jpg", "zero.png"], report.Skipped.Select(s => s.File));
        Assert.Contains("uniform", report.Skipped[1].Reason, StringComparison.Ordinal);
        Assert.Contains("3 times", report.Skipped[2].Reason, StringComparison.Ordinal);
        Assert.Contains("empty", report.Skipped[4].Reason, StringComparison.Ordinal);
        Assert.Equal((12L, 12L), (updates[^1].Done, updates[^1].Total));
        Assert.Contains("files/s", updates[^1].Detail, StringComparison.Ordinal);
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal(["0.png", "1.png", "2.png", "3.png", "4.png", "5.png", "sub/noextension"], dataset.Entries.Select(e => e.File));
        Assert.Equal("circle", Fovea.Imaging.Retina.DiscKindNames.ToName(dataset.Entries[0].Disc!.Value.Kind));
        Assert.Equal((320, 240), (dataset.Entries[0].Width, dataset.Entries[0].Height));
        Assert.Equal(160, dataset.Entries[0].Disc!.Value.CentreX, 1.0);
        Assert.Contains("cut.jpg", File.ReadAllText(Path.Combine(Options.Output, "dataset.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherThreadCounts_GivesTheSameBytes()
    {
        AddPictures(30);
        var one = DatasetPreparation.Run(Options with { Threads = 1 }, cancellation: TestContext.Current.CancellationToken);
        var many = DatasetPreparation.Run(Options with { Threads = 7, Output = _folder.File("out7") }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(one.ContentHash, many.ContentHash);
        foreach (var file in DatasetFiles.All)
            Assert.Equal(File.ReadAllBytes(Path.Combine(one.Output, file)), File.ReadAllBytes(Path.Combine(many.Output, file)));
    }

    [Fact]
    public void Run_Copies_AreDroppedAndListed()
    {
        AddPictures(3);
        File.Copy(_folder.File("in/1.png"), _folder.File("in/z-copy.png"));
        File.WriteAllBytes(_folder.File("in/z-other-format.webp"), Picture(2).ToVips().WebpsaveBuffer(lossless: true));
        var report = DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(3, report.Count);
        Assert.Equal([new DuplicateFile("z-copy.png", "1.png", "bytes"), new DuplicateFile("z-other-format.webp", "2.png", "pixels")], report.Duplicates);
    }

    [Fact]
    public void Run_NearDuplicates_ShareTheSplit()
    {
        AddPictures(20);
        for (var i = 0; i < 20; i++) File.WriteAllBytes(_folder.File($"in/again-{i}.jpg"), Picture(i).ToJpeg(70));
        var report = DatasetPreparation.Run(Options with { ValFraction = 0.5 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((40, 20), (report.Count, report.NearDuplicates));
        using var dataset = ImageDataset.Open(Options.Output);
        var splits = dataset.Entries.ToDictionary(e => e.File, e => e.Split);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(splits[$"{i}.png"], splits[$"again-{i}.jpg"]));
        Assert.Equal(20, dataset.IndicesOf(Split.Val).Count);
    }

    [Fact]
    public void Run_Labels_AreJoinedByPathNameAndStem()
    {
        AddPictures(4);
        File.WriteAllBytes(_folder.File("in/sub/deep.png"), Picture(9).ToPng());
        WriteLabels("name,grade,who,part\n0.png,10,\"Doe, J.\",train\n1,2,b,val\nsub/deep.png,2,c,test\n./2.png,,d,train\n3.png,0,\"Doe, J.\",train\n");
        var report = DatasetPreparation.Run(
            Labelled with { FileColumn = "name", LabelColumn = "grade", PatientColumn = "who", SplitColumn = "part" },
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["0", "2", "10"], report.ClassNames);
        Assert.Equal([1, 2, 1], report.ClassCounts);
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal([2, 1, null, 0, 1], dataset.Entries.Select(e => e.Label));
        Assert.Equal([Split.Train, Split.Val, Split.Train, Split.Train, Split.Test], dataset.Entries.Select(e => e.Split));
        Assert.Equal("Doe, J.", dataset.Entries[3].Patient);
    }

    [Theory]
    [InlineData("file,grade\n0.png,1\n", "grad", "no column 'grad' (LabelColumn); the table has file, grade; did you mean 'grade'?")]
    [InlineData("picture,label\n0.png,1\n", null, "no column names the files (FileColumn); it is called file, filename, image, path where")]
    [InlineData("file,label\nother.png,1\n", null, "no row names a file of the source")]
    [InlineData("file,label\n0.png\n", null, "line 2 has 1 fields, the header has 2")]
    [InlineData("file,label\n\n\"0\n0.png\",a\n0.png\n", null, "line 5 has 1 fields, the header has 2")]
    [InlineData("file,label\n0.png,1\n0,2\n", null, "two rows name 0.png and differ")]
    [InlineData("file,split\n0.png,holdout\n", null, "train, val and test are allowed")]
    [InlineData("file,label\n\"0.png,1\n", null, "line 2")]
    [InlineData("", null, "empty")]
    public void Run_BadTable_SaysWhy(string table, string? labelColumn, string message)
    {
        AddPictures(2);
        WriteLabels(table);
        AssertFails(Labelled with { LabelColumn = labelColumn }, message);
    }

    [Fact]
    public void Run_AmbiguousName_Throws()
    {
        AddPictures(1);
        File.WriteAllBytes(_folder.File("in/sub/5.png"), Picture(5).ToPng());
        File.WriteAllBytes(_folder.File("in/bus/5.png"), Picture(6).ToPng());
        WriteLabels("file,label\n5.png,1\n");
        AssertFails(Labelled, "'5.png' matches 2 files");
    }

    [Fact]
    public void Run_RowsWithoutFiles_WarnOrFailWhenStrict()
    {
        AddPictures(2);
        WriteLabels("file,label\n0.png,1\ngone.png,0\n");
        AssertFails(Labelled with { Strict = true }, "1 rows name files that are not there, first 'gone.png'");
        var report = DatasetPreparation.Run(Labelled, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(report.Warnings, w => w.Contains("gone.png", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, w => w.Contains("1 files have no row", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_StrictWithBadFile_NamesItAndLeavesNothing()
    {
        AddPictures(2);
        File.WriteAllText(_folder.File("in/text.jpg"), "no picture");
        AssertFails(Options with { Strict = true }, "text.jpg: not a picture");
    }

    [Fact]
    public void Run_NothingReadable_Throws()
    {
        AssertFails(Options with { Source = _folder.File("gone") }, "no such folder or file");
        Directory.CreateDirectory(Options.Source);
        AssertFails(Options, "holds no picture");
        File.WriteAllText(_folder.File("in/text.jpg"), "no picture");
        AssertFails(Options, "none of 1 files gave an image; the first: text.jpg");
    }

    [Fact]
    public void Run_OutputNotEmpty_ThrowsUnlessForced()
    {
        AddPictures(2);
        DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(
            "not empty", Assert.Throws<InputException>(() => DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken))
                .Message, StringComparison.Ordinal);
        DatasetPreparation.Run(Options with { Force = true }, cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Run_OutputInsideSource_DoesNotReadItself()
    {
        AddPictures(3);
        var options = Options with { Output = _folder.File("in/set") };
        DatasetPreparation.Run(options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(3, DatasetPreparation.Run(options with { Force = true }, cancellation: TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void Run_Cancelled_LeavesNothing()
    {
        AddPictures(10);
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => DatasetPreparation.Run(Options, new Canceller(cancellation), cancellation.Token));
        Assert.Equal([Options.Source], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(63, 0.1, 0, "size is 63; 16, 32, 64, 128, 256 and 512 are allowed")]
    [InlineData(64, 0.7, 0, "val-fraction is 0.7")]
    [InlineData(64, double.NaN, 0, "val-fraction is NaN")]
    [InlineData(64, 0.1, -1, "threads is -1")]
    public void Validate_BadSetting_NamesIt(int size, double fraction, int threads, string message) =>
        Assert.Contains(
            message, Assert.Throws<InputException>(() => (Options with { Size = size, ValFraction = fraction, Threads = threads }).Validate())
                .Message, StringComparison.Ordinal);

    private PrepareOptions Labelled => Options with { Labels = _folder.File("labels.csv") };

    private static Fovea.Imaging.Grids.RgbImage Picture(int i) => new SyntheticFundus { Seed = (ulong)i + 100 }.Draw();

    private void AddPictures(int count)
    {
        for (var i = 0; i < count; i++) File.WriteAllBytes(_folder.File($"in/{i}.png"), Picture(i).ToPng());
    }

    private void WriteLabels(string text) => File.WriteAllText(_folder.File("labels.csv"), text);

    private static void AssertFails(PrepareOptions options, string message)
    {
        var failure = Assert.Throws<InputException>(() => DatasetPreparation.Run(options, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(Directory.Exists(options.Output));
        Assert.False(Directory.Exists(options.Output + ".partial"));
    }

    private sealed class Listener(List<ProgressUpdate> updates) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => updates.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => source.Cancel();
    }
}
