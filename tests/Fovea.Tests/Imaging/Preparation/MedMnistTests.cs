using System.IO.Compression;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

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
    public void Run_SeveralLabelsAnImage_OneAloneIsTheClass()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create))
        {
            AddArray(zip, "train_images.npy", "|u1", [4, 28, 28], [.. Enumerable.Range(0, 4).SelectMany(i => Enumerable.Repeat((byte)(60 * i), 784))]);
            AddArray(zip, "train_labels.npy", "|u1", [4, 3], [0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1]);
        }

        var report = DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken);
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal(["label-01", "negative", null, "label-02"], dataset.Entries.Select(entry => entry.Label is { } label ? dataset.ClassNames[label] : null));
        Assert.Contains(report.Warnings, warning => warning.Contains("3 labels an image", StringComparison.Ordinal)
            && warning.EndsWith(
                "2 images with exactly one are of its class, 1 with none are 'negative', 1 with several have no class",
                StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new byte[] { 0, 2 }, new long[] { 1, 2 }, "each is 0 or 1")]
    [InlineData(new byte[] { 0, 1 }, new long[] { 1, 2, 1 }, "one class an image")]
    public void Run_OtherLabels_Throws(byte[] labels, long[] shape, string message)
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create))
        {
            AddArray(zip, "train_images.npy", "|u1", [1, 28, 28], new byte[784]);
            AddArray(zip, "train_labels.npy", "|u1", shape, labels);
        }

        AssertFails(message);
    }

    [Fact]
    public void Run_ImagesCutOff_Throws()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create)) AddArray(zip, "train_images.npy", "|u1", [2, 28, 28], new byte[1000]);
        AssertFails("cut off");
    }

    [Theory]
    [InlineData("|u1", false)]
    [InlineData("|u1", true)]
    [InlineData("<u2", true)]
    [InlineData(">u2", false)]
    [InlineData("<i8", false)]
    [InlineData(">i4", true)]
    [InlineData("<f4", false)]
    [InlineData(">f8", true)]
    [InlineData("<f2", false)]
    public void Run_AnyNumbersAndOrder_GiveThePixelsOfBytes(string type, bool fortran)
    {
        var bytes = new byte[2 * 28 * 30 * 3];
        new System.Random(4).NextBytes(bytes);
        // Half-precision floats hold whole numbers up to 2048 exactly, so no type loses anything.
        (bytes[0], bytes[1]) = (0, 255);
        WriteArray("retina.npz", "|u1", false, bytes);
        WriteArray("other.npz", type, fortran, bytes);
        DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken);
        var other = Options with { Source = _folder.File("other.npz"), Output = _folder.File("out2") };
        var report = DatasetPreparation.Run(other, cancellation: TestContext.Current.CancellationToken);
        using var expected = ImageDataset.Open(Options.Output);
        using var dataset = ImageDataset.Open(other.Output);
        for (var i = 0; i < 2; i++) Assert.Equal(expected.GetImage(i), dataset.GetImage(i));
        Assert.Equal(["-1", "7"], dataset.ClassNames);
        if (type != "|u1") Assert.Contains(report.Warnings, warning => warning.Contains("0 to 255", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<f4", "not a number")]
    [InlineData("|O", "|O [1, 2, 2]")]
    [InlineData("<U1", "<U1 [1, 2, 2]")]
    [InlineData("<c8", "<c8 [1, 2, 2]")]
    public void Run_ImagesThatAreNoNumbers_Throws(string type, string message)
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create))
            AddArray(zip, "train_images.npy", type, [1, 2, 2], [.. new byte[12], .. BitConverter.GetBytes(float.NaN), .. new byte[16]]);
        AssertFails(message);
    }

    [Theory]
    [InlineData("<f8", "is no whole number")]
    [InlineData("<U4", "whole numbers [1] or [1, 1] are needed")]
    public void Run_LabelsThatAreNoWholeNumbers_Throws(string type, string message)
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create))
        {
            AddArray(zip, "train_images.npy", "|u1", [1, 28, 28], new byte[784]);
            AddArray(zip, "train_labels.npy", type, [1], [.. BitConverter.GetBytes(0.5), .. new byte[8]]);
        }

        AssertFails(message);
    }

    [Fact]
    public void Run_BooleanImages_AreBlackAndWhite()
    {
        using (var zip = ZipFile.Open(Options.Source, ZipArchiveMode.Create))
            AddArray(zip, "train_images.npy", "|b1", [1, 28, 28], [.. Enumerable.Repeat((byte)1, 784)]);
        DatasetPreparation.Run(Options, cancellation: TestContext.Current.CancellationToken);
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.All(dataset.GetImage(0).ToArray(), value => Assert.Equal(255, value));
    }

    /// <summary>Writes bytes [2, 28, 30, 3] in C order as an array of another type and order, with labels of the other byte order.</summary>
    private void WriteArray(string file, string type, bool fortran, byte[] bytes)
    {
        var ordered = fortran ? [.. Enumerable.Range(0, bytes.Length).Select(i => bytes[(i % 2 * 28 + i / 2 % 28) * 90 + i / 56 % 30 * 3 + i / 1680])] : bytes;
        byte[] data = [.. ordered.SelectMany(value => Element(type, value))];
        using var zip = ZipFile.Open(_folder.File(file), ZipArchiveMode.Create);
        using (var stream = zip.CreateEntry("train_images.npy", CompressionLevel.Optimal).Open())
        {
            var header = NpyHeader.Encode(type, [2, 28, 30, 3]);
            if (fortran) "True "u8.CopyTo(header.AsSpan(header.AsSpan().IndexOf("False"u8)));
            stream.Write(header);
            stream.Write(data);
        }

        AddArray(zip, "train_labels.npy", ">i2", [2, 1], [0, 7, 255, 255]);
    }

    private static byte[] Element(string type, byte value)
    {
        byte[] little = type[1..] switch
        {
            "u1" => [value],
            "u2" => BitConverter.GetBytes((ushort)value),
            "i4" => BitConverter.GetBytes((int)value),
            "i8" => BitConverter.GetBytes((long)value),
            "f2" => BitConverter.GetBytes((Half)(float)value),
            "f4" => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes((double)value),
        };
        return type[0] == '>' ? [.. little.Reverse()] : little;
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
