using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Retina;

namespace Fovea.Tests.Imaging.Datasets;

public sealed class DatasetWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Complete_ThreeImages_OpensWithTheSameContents()
    {
        Write(3);
        using var dataset = ImageDataset.Open(Target);
        Assert.Equal((3, 8, 2), (dataset.Count, dataset.Size, dataset.ClassCount));
        Assert.Equal([0, 2], dataset.IndicesOf(Split.Train));
        Assert.Equal([1], dataset.IndicesOf(Split.Val));
        Assert.Empty(dataset.IndicesOf(Split.Test));
        for (var i = 0; i < 3; i++) Assert.Equal(Pixels(i), dataset.GetImage(i).ToArray());
        Assert.Equal(Entry(1) with { Index = 1 }, dataset.Entries[1]);
        Assert.Null(dataset.Entries[2].Label);
        dataset.VerifyContent(TestContext.Current.CancellationToken);
        Assert.Equal(DatasetFiles.All.Order(), Directory.GetFiles(Target).Select(Path.GetFileName).Order()!);
        Assert.False(Directory.Exists(Target + ".partial"));
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        using (var writer = new DatasetWriter(Target, 8)) writer.Append(Pixels(0), Entry(0));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Create_AnotherWritesTheSame_IsRefusedAndTheFirstEndsWell()
    {
        using (var first = new DatasetWriter(Target, 8))
        {
            first.Append(Pixels(0), Entry(0));
            var refused = Assert.Throws<InputException>(() => new DatasetWriter(Target, 8, force: true));
            Assert.Contains("another program writes this dataset now", refused.Message, StringComparison.Ordinal);
            first.Complete(new DatasetSummary { Source = "phantom", ClassNames = ["a", "b"] });
        }

        using var dataset = ImageDataset.Open(Target);
        Assert.Equal(1, dataset.Count);
        Assert.False(Directory.Exists(Target + ".partial"));
    }

    [Fact]
    public void Append_DiskFull_ThrowsInputExceptionAndLeavesNothing()
    {
        var failure = Assert.Throws<InputException>(() =>
        {
            using var writer = new DatasetWriter(Target, 64, force: false, path => new FullDisk(path, 100_000));
            for (var i = 0; i < 100; i++) writer.Append(new byte[64 * 64 * 3], Entry(i));
            writer.Complete(new DatasetSummary { Source = "phantom", ClassNames = ["a", "b"] });
        });
        Assert.Contains("No space left", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Create_FolderWithFiles_ThrowsUnlessForced()
    {
        File.WriteAllText(_folder.File("set/notes.txt"), "mine");
        Assert.Throws<InputException>(() => new DatasetWriter(Target, 8));
        Write(2, force: true);
        Assert.Equal("mine", File.ReadAllText(_folder.File("set/notes.txt")));
        Write(1, force: true);
        using var dataset = ImageDataset.Open(Target);
        Assert.Equal(1, dataset.Count);
    }

    [Fact]
    public void Create_ForcedAndAborted_KeepsTheOldDataset()
    {
        Write(2);
        using (var writer = new DatasetWriter(Target, 8, force: true)) writer.Append(Pixels(5), Entry(5));
        using var dataset = ImageDataset.Open(Target);
        Assert.Equal(2, dataset.Count);
        dataset.VerifyContent(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Complete_LabelWithoutName_Throws()
    {
        using var writer = new DatasetWriter(Target, 8);
        writer.Append(Pixels(0), Entry(0) with { Label = 2 });
        Assert.Throws<ArgumentException>(() => writer.Complete(new DatasetSummary { Source = "phantom", ClassNames = ["a", "b"] }));
    }

    [Fact]
    public void Complete_SameImages_GivesTheSameHash()
    {
        Write(3);
        using var first = ImageDataset.Open(Target);
        var hash = first.ContentHash;
        Write(3, force: true);
        using var second = ImageDataset.Open(Target);
        Assert.Equal(hash, second.ContentHash);
        Write(2, force: true);
        using var third = ImageDataset.Open(Target);
        Assert.NotEqual(hash, third.ContentHash);
    }

    [Theory]
    [InlineData("dataset.json", "{ \"formatVersion\": 9, \"size\": 8, \"count\": 3 }", "format version 9")]
    [InlineData("dataset.json", "{ \"formatVersion\": 1, \"size\": 8, \"count\": 4 }", "asks for")]
    [InlineData("dataset.json", "not json", "is not a dataset description")]
    [InlineData("images.npy", "not npy", "not an NPY file")]
    [InlineData("manifest.csv", "index,file\n0,a\n", "the columns must be")]
    [InlineData("manifest.csv", "", "0 rows")]
    [InlineData("dataset.json", null, "it has no dataset.json")]
    public void Open_DamagedFile_SaysWhatIsWrong(string file, string? contents, string message)
    {
        Write(3);
        var path = Path.Combine(Target, file);
        if (contents is null) File.Delete(path);
        else File.WriteAllText(path, contents);
        var failure = Assert.Throws<InputException>(() => ImageDataset.Open(Target));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Open_ImagesCutOff_Throws()
    {
        Write(3);
        using (var stream = new FileStream(Path.Combine(Target, DatasetFiles.Images), FileMode.Open)) stream.SetLength(stream.Length - 1);
        Assert.Contains("damaged", Assert.Throws<InputException>(() => ImageDataset.Open(Target)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VerifyContent_PixelChanged_Throws()
    {
        Write(3);
        using (var stream = new FileStream(Path.Combine(Target, DatasetFiles.Images), FileMode.Open))
        {
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte(77);
        }

        using var dataset = ImageDataset.Open(Target);
        Assert.Throws<InputException>(() => dataset.VerifyContent(TestContext.Current.CancellationToken));
    }

    private static byte[] Pixels(int i) => [.. Enumerable.Range(0, 8 * 8 * 3).Select(k => (byte)(k * 7 + i))];

    private static ManifestEntry Entry(int i) => new()
    {
        File = $"folder/a, \"{i}\".jpg",
        Split = i % 2 == 0 ? Split.Train : Split.Val,
        Patient = i == 1 ? "p,1" : "",
        Label = i < 2 ? i : null,
        Width = 100 + i,
        Height = 50,
        Disc = new RetinaDisc(DiscKind.Truncated, -1.25, 20.5, 30),
        Sha256 = "ab",
    };

    private void Write(int count, bool force = false)
    {
        using var writer = new DatasetWriter(Target, 8, force);
        for (var i = 0; i < count; i++) Assert.Equal(i, writer.Append(Pixels(i), Entry(i)));
        writer.Complete(new DatasetSummary { Source = "phantom", ClassNames = ["a", "b"] });
    }

    private sealed class FullDisk(string path, long capacity) : FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 0)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position + buffer.Length > capacity) throw new IOException("No space left on device");
            base.Write(buffer);
        }
    }
}
