using System.IO.Compression;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging;

public sealed class MedMnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PrepareOptions Options => new() { Source = _folder.File("retina.npz"), Output = _folder.File("out"), Size = 64 };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "|u1")]
    [InlineData(false, "<i8")]
    public void Run_Npz_KeepsSplitsLabelsAndPixels(bool colour, string labelType)
    {
        WriteNpz(colour, labelType);
        var report = DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((9, 5, 3, 1), (report.Count, report.SplitCounts[Split.Train], report.SplitCounts[Split.Val], report.SplitCounts[Split.Test]));
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal("medmnist", dataset.Source);
        Assert.Equal(["0", "1", "2", "3", "4"], dataset.ClassNames);
        Assert.Equal([0, 1, 2, 3, 4, 0, 1, 2, 0], dataset.Entries.Select(e => e.Label!.Value));
        Assert.Equal("val/000000", dataset.Entries[5].File);
        // A picture of one colour stays that colour at any size; image i of a split has the value 20 + 10 i + split.
        Assert.All(dataset.GetImage(6).ToArray(), value => Assert.Equal(31, value));
    }

    [Theory]
    [InlineData("not a zip", "not a readable .npz")]
    public void Run_NotAZip_Throws(string text, string message)
    {
        File.WriteAllText(Options.Source, text);
        AssertFails(message);
    }

    [Fact]
    public void Run_ZipWithoutImages_NamesWhatIsThere()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create)) AddArray(zip, "weights.npy", "|u1", [1], [0]);
        AssertFails("it has weights.npy");
    }

    [Fact]
    public void Run_SeveralLabelsAnImage_Throws()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create))
        {
            AddArray(zip, "train_images.npy", "|u1", [1, 28, 28], new byte[784]);
            AddArray(zip, "train_labels.npy", "|u1", [1, 14], new byte[14]);
        }

        AssertFails("one class an image");
    }

    [Fact]
    public void Run_ImagesCutOff_Throws()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create)) AddArray(zip, "train_images.npy", "|u1", [2, 28, 28], new byte[1000]);
        AssertFails("cut off");
    }

    [Fact]
    public void Run_FloatImages_Throws()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create)) AddArray(zip, "train_images.npy", "<f4", [1, 2, 2], new byte[16]);
        AssertFails("<f4 [1, 2, 2]");
    }

    private void AssertFails(string message)
    {
        var failure = Assert.Throws<InputException>(() => DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Options.Output));
    }

    private void WriteNpz(bool colour, string labelType)
    {
        using var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create);
        foreach (var (split, count) in new[] { (Split.Train, 5), (Split.Val, 3), (Split.Test, 1) })
        {
            var area = 28 * 28 * (colour ? 3 : 1);
            var images = Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(20 + 10 * i + (int)split), area)).ToArray();
            AddArray(zip, split.ToName() + "_images.npy", "|u1", colour ? [count, 28, 28, 3] : [count, 28, 28], images);
            var labels = Enumerable.Range(0, count).SelectMany(i => labelType == "|u1" ? [(byte)i] : BitConverter.GetBytes((long)i)).ToArray();
            AddArray(zip, split.ToName() + "_labels.npy", labelType, [count, 1], labels);
        }
    }

    private static void AddArray(ZipArchive zip, string name, string type, long[] shape, byte[] data)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(NpyHeader.Encode(type, shape));
        stream.Write(data);
    }
}
