using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

/// <summary>Tables as other programs write them, and labels that are lost or contradict each other.</summary>
public sealed class LabelTableTests : IDisposable
{
    private readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_CopyWithAnotherLabel_IsToldWithBothNames()
    {
        _folder.Add(Enumerable.Range(0, 4));
        File.Copy(_folder.File("in/0.png"), _folder.File("in/z.png"));
        var options = _folder.Options with { Labels = _folder.Table("file,grade\n0,0\n1,0\n2,1\n3,1\nz,4\n"), LabelColumn = "grade" };
        var (report, _) = PreparationFolder.Prepare(options);
        Assert.Contains(report.Warnings, w => w.Contains("different labels: 0.png has '0', z.png has '4'", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, w => w.Contains("class '4' (1 file) has no image in the dataset", StringComparison.Ordinal));
        PreparationFolder.AssertFails(options with { Strict = true, Output = _folder.File("strict") }, "0.png has '0', z.png has '4'", "(strict)");
    }

    [Fact]
    public void Run_CopyThatKnowsMore_TellsIt()
    {
        _folder.Add([0, 1]);
        File.Copy(_folder.File("in/0.png"), _folder.File("in/z.png"));
        var (report, _) = PreparationFolder.Prepare(
            _folder.Options with { Labels = _folder.Table("file,label,patient,split\n0,,,\n1,x,p,train\nz,y,q,test\n") });
        using var dataset = ImageDataset.Open(report.Output);
        Assert.Equal((1, "q", Split.Test), (dataset.Entries[0].Label, dataset.Entries[0].Patient, dataset.Entries[0].Split));
        Assert.Contains(report.Warnings, w => w.StartsWith("1 dropped copies told", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Normal", "normal")]
    [InlineData("1", "1.0")]
    [InlineData("1", "01")]
    [InlineData("se\u0301ve\u0300re", "SÉVÈRE")]
    public void Run_ClassInTwoSpellings_IsRefused(string one, string other)
    {
        _folder.Add(Enumerable.Range(0, 3));
        var spelt = ClassNames.Normalise(one);
        PreparationFolder.AssertFails(
            _folder.Options with { Labels = _folder.Table($"file,label\n0,{one}\n1,{other}\n2, {one} \n") },
            "labels.csv", $"'{spelt}' (2)", $"'{other}' (1)", "write it in one way");
    }

    [Fact]
    public void Run_OtherForms_AreOneClass()
    {
        _folder.Add(Enumerable.Range(0, 3));
        var (report, _) = PreparationFolder.Prepare(
            _folder.Options with { Labels = _folder.Table("file,label\n0,se\u0301ve\u0300re\n1,sévère\n2, sévère\u00A0\n") });
        Assert.Equal(["sévère"], report.ClassNames);
        Assert.Empty(report.Warnings);
    }

    [Theory]
    [InlineData("\uFEFFfile;label\r\n0.png;\"a;b\"\r\n1.png;c\r\n2.png;c\r\n;;\r\n")]
    [InlineData("file\tlabel\n0\ta;b\n1\tc\n2\tc\n")]
    [InlineData("sep=;\nImage;Label\n0;\"a;b\"\n1;c\n2;c\n")]
    [InlineData("FILE,label,,\n0.PNG,a;b,,\n1.jpeg,c,,\nin\\2.png,c,,\n,,,\n")]
    [InlineData("file,label,note\n\"0\",a;b,\"two\nlines\"\n1,c,\n1,c,again\n./2.png,c,\n")]
    [InlineData("path,label\nC:\\photos\\in\\0.png,a;b\n/home/x/in/1.png,c\n2.TIF,c\n")]
    public void Run_TablesOfOtherPrograms_AreRead(string text)
    {
        _folder.Add(Enumerable.Range(0, 3));
        var table = _folder.Table(text.Replace(";;\r\n", ";\r\n", StringComparison.Ordinal));
        var (report, _) = PreparationFolder.Prepare(_folder.Options with { Labels = table, ValFraction = 0 });
        Assert.Equal(["a;b", "c"], report.ClassNames);
        Assert.Equal([1, 2], report.ClassCounts);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Run_RowOfAnotherFolder_IsNotTaken()
    {
        foreach (var (name, i) in new[] { "test/1", "test/2" }.Select((name, i) => (name, i)))
        {
            File.WriteAllBytes(
                _folder.File($"in/{name}.png"), PreparationFolder.Picture(i).ToPng());
        }

        var (report, _) = PreparationFolder.Prepare(
            _folder.Options with { Labels = _folder.Table("file,label\ntrain/1.png,a\ntest/1.png,b\ntrain/2.png,c\n") });
        Assert.Equal(["b"], report.ClassNames);
        Assert.Equal((2, 1), (report.RowsWithoutFile, report.WithoutLabel));
    }

    [Theory]
    [InlineData("file,label\n0,a\n0.png,b\n", "two rows name 0.png and differ (label 'a' in '0', 'b' in '0.png')")]
    [InlineData("file,patient\n0,a\n0,b\n", "patient 'a' in '0', 'b' in '0'")]
    [InlineData("file,label,label\n0,a,b\n", "2 columns are called 'label' (LabelColumn)")]
    [InlineData("file,patient,Patient \n0,a,b\n", "2 columns are called 'patient' (PatientColumn)")]
    public void Run_ContradictingTable_IsRefused(string table, string words)
    {
        _folder.Add([0]);
        PreparationFolder.AssertFails(
            _folder.Options with { Labels = _folder.Table(table), LabelColumn = table.Contains("label", StringComparison.Ordinal) ? "label" : null }, words);
    }

    [Fact]
    public void Run_TableInAnotherEncoding_IsRefused()
    {
        _folder.Add([0]);
        var table = _folder.Table("");
        File.WriteAllBytes(table, [.. "file,label\n0,s"u8, 0xE9, .. "v\n"u8]);
        PreparationFolder.AssertFails(_folder.Options with { Labels = table }, "not in UTF-8");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public void Run_SplitColumn_IsToldAndCanBeLeftOut(string none)
    {
        _folder.Add(Enumerable.Range(0, 4));
        var options = _folder.Options with { Labels = _folder.Table("file,split\n0,test\n1,test\n2,test\n3,test\n"), ValFraction = 0.25 };
        var (report, _) = PreparationFolder.Prepare(options);
        Assert.Contains("column 'split': split of 4 rows (train 0, val 0, test 4)", report.Columns);
        Assert.StartsWith("NO TRAINING IMAGE: all 4 images are in test", report.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("no validation image", report.Warnings[1], StringComparison.Ordinal);
        report = PreparationFolder.Prepare(options with { SplitColumn = none, Force = true }).Report;
        Assert.Equal((3, 1), (report.SplitCounts[Split.Train], report.SplitCounts[Split.Val]));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Run_OtherTypesAndSheets_AreToldAndEndAStrictRun()
    {
        _folder.Add([0, 1]);
        File.WriteAllBytes(_folder.File("in/c.jp2"), [0, 0, 0, 12]);
        File.WriteAllText(_folder.File("in/readme.txt"), "words");
        PreparationFolder.Prepare(_folder.Options with { Output = _folder.File("in/earlier") });
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { Output = _folder.File("out") });
        Assert.Equal(["0.png", "1.png"], files);
        Assert.Contains(report.Warnings, w => w.EndsWith("1 file is not of a type that is read: 1 .jp2; first 'c.jp2'", StringComparison.Ordinal));
        Assert.Equal([new(".jp2", 1), new("documents (.txt)", 1), new("sheets and datasets of this program", 4)], report.PassedOver);
        PreparationFolder.AssertFails(_folder.Options with { Output = _folder.File("strict"), Strict = true }, "1 .jp2", "(strict)");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(AcceptedPictures.Any, false)]
    public void Run_AcceptAny_KeepsThePictureWhole(AcceptedPictures? accept, bool isFundus)
    {
        _folder.Add([0]);
        // Blue, half as high as wide, nothing round in it: no fundus photograph.
        var pixels = new byte[96 * 48 * 3];
        for (var i = 2; i < pixels.Length; i += 3) pixels[i] = (byte)(i / 3 % 96 < 48 ? 250 : 150);
        File.WriteAllBytes(_folder.File("in/blue.png"), Fovea.Imaging.Grids.PngFile.Encode(new Fovea.Imaging.Grids.RgbImage(96, 48, pixels)));
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { Accept = accept });
        Assert.Equal(isFundus ? ["0.png"] : ["0.png", "blue.png"], files);
        using var dataset = ImageDataset.Open(report.Output);
        Assert.Equal(isFundus, dataset.IsFundus);
        if (isFundus) return;
        var image = dataset.GetImage(1).ToArray();
        Assert.Equal([0, 250, 150, 0], new[] { (2, 32), (32, 2), (32, 61), (62, 32) }.Select(at => (int)image[(at.Item1 * 64 + at.Item2) * 3 + 2]));
    }
}
