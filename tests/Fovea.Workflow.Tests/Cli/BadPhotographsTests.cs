using System.Diagnostics;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Cli;

/// <summary>What <c>fovea prepare</c> does with folders and files that are not what they should be.</summary>
public sealed class BadPhotographsTests : IDisposable
{
    private const int PhantomSize = 256;
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-prepare-").FullName;

    private string Source => Path.Combine(_folder, "source");

    private string Dataset => Path.Combine(_folder, "dataset");

    public BadPhotographsTests() => Directory.CreateDirectory(Source);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Prepare_MissingFolder_IsNamed() => RefuseSource(Path.Combine(_folder, "nowhere"), "nowhere", "no such folder");

    [Fact]
    public void Prepare_EmptyFolder_IsRefused() => RefuseSource(Source, "holds no picture");

    [Fact]
    public void Prepare_NoReadableImage_NamesTheFirst()
    {
        File.WriteAllText(Path.Combine(Source, "a.jpg"), "words, no picture");
        RefuseSource(Source, "none of 1 files gave an image", "a.jpg", "not a picture");
    }

    [Fact]
    public void Prepare_DecompressionBomb_IsRefusedByItsHeader()
    {
        File.WriteAllBytes(Path.Combine(Source, "bomb.png"), PngBomb.Create(60_000, 60_000));
        var clock = Stopwatch.StartNew();
        RefuseSource(Source, "60000×60000 pixels", "over the limit");
        // Decoded, its 10.8 GB of pixels take minutes; the header takes no time. Half a minute allows for a busy machine.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
    }

    [Fact]
    public void Prepare_BadFilesAmongGood_AreSkippedAndListed()
    {
        AddPhantoms(3);
        var bad = AddBadFiles();
        var result = FoveaCommand.Run("prepare", Source, "--out", Dataset);
        result.AssertSuccess();
        Assert.Equal("", result.Error);
        var description = File.ReadAllText(Path.Combine(Dataset, "dataset.json"));
        foreach (var name in bad)
        {
            Assert.Contains($"skipped {name}: ", result.Output, StringComparison.Ordinal);
            Assert.Contains(name, description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Prepare_BadFilesAmongGoodStrict_IsRefused()
    {
        AddPhantoms(1);
        AddBadFiles();
        FoveaCommand.Run("prepare", Source, "--out", Dataset, "--strict").AssertBadInput("strict");
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("name,grade\nphantom0,1\n", "no column names the files (--file-column)")]
    [InlineData("file,label\nphantom0,1\n", "no column 'grad'", "--label-column", "grad")]
    [InlineData("file,label\nnobody,1\n", "no row names a file of the source")]
    [InlineData("file,label\nphantom0,a\nnobody,b\n", "first 'nobody'", "--strict")]
    [InlineData("file,quality\nphantom0,good\n", "no column 'qualty' (--where)", "--where", "qualty=good")]
    [InlineData("file,quality\nphantom0,good\n", "none of 1 photographs meets quality=", "--where", "quality=")]
    public void Prepare_TableThatDoesNotFit_IsRefused(string table, string word, params string[] options)
    {
        AddPhantoms(1);
        var path = Path.Combine(_folder, "labels.csv");
        File.WriteAllText(path, table);
        FoveaCommand.Run(["prepare", Source, "--out", Dataset, "--labels", path, .. options]).AssertBadInput("labels.csv", word);
        AssertNothingLeft();
    }

    [Fact]
    public void Prepare_ApartFromNoDataset_IsRefused()
    {
        AddPhantoms(1);
        FoveaCommand.Run("prepare", Source, "--out", Dataset, "--apart-from", Source).AssertBadInput(Source, "is not a dataset");
        AssertNothingLeft();
    }

    [Fact]
    public void Prepare_ApartFromItsOwnPhotographs_LeavesNone()
    {
        AddPhantoms(2);
        var judge = Path.Combine(_folder, "judge");
        FoveaCommand.Run("prepare", Source, "--out", judge).AssertSuccess();
        FoveaCommand.Run("prepare", Source, "--out", Dataset, "--apart-from", judge).AssertBadInput("all 2 images belong with judge");
        AssertNothingLeft();
    }

    [Fact]
    public void Prepare_OutputNotEmpty_IsKept()
    {
        AddPhantoms(1);
        Directory.CreateDirectory(Dataset);
        File.WriteAllText(Path.Combine(Dataset, "mine.txt"), "mine");
        FoveaCommand.Run("prepare", Source, "--out", Dataset).AssertBadInput(Dataset, "not empty", "--force");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Dataset, "mine.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(Dataset));
    }

    [Fact]
    public void Prepare_OutputBelowAFile_IsRefused()
    {
        AddPhantoms(1);
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        FoveaCommand.Run("prepare", Source, "--out", Path.Combine(file, "dataset")).AssertBadInput("cannot be written");
    }

    private void RefuseSource(string source, params string[] words)
    {
        FoveaCommand.Run("prepare", source, "--out", Dataset).AssertBadInput(words);
        AssertNothingLeft();
    }

    private void AssertNothingLeft() =>
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder), entry => Path.GetFileName(entry).StartsWith("dataset", StringComparison.Ordinal));

    private void AddPhantoms(int count)
    {
        for (var i = 0; i < count; i++)
        {
            PngFile.Write(
                Path.Combine(Source, $"phantom{i}.png"), PhantomRenderer.Render(PhantomParameters.Sample(7, 2 * i), PhantomSize), PhantomSize, PhantomSize);
        }
    }

    private string[] AddBadFiles()
    {
        var whole = File.ReadAllBytes(Path.Combine(Source, "phantom0.png"));
        File.WriteAllBytes(Path.Combine(Source, "empty.png"), []);
        File.WriteAllBytes(Path.Combine(Source, "cut.png"), whole[..(whole.Length / 2)]);
        File.WriteAllText(Path.Combine(Source, "words.jpg"), "words, no picture");
        var damaged = (byte[])whole.Clone();
        damaged.AsSpan(whole.Length / 3, 200).Fill(0x55);
        File.WriteAllBytes(Path.Combine(Source, "damaged.png"), damaged);
        return ["empty.png", "cut.png", "words.jpg", "damaged.png"];
    }
}
