using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;
using Fovea.Imaging.Retina;

namespace Fovea.Tests.Imaging.Framing;

public sealed class FramingTests : IDisposable
{
    private const byte Ground = 220;
    private readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The object fills the square but for its margin, wherever it lies and whatever else is there; beyond the picture the background goes on.
    /// </summary>
    [Theory]
    [InlineData(60, 30)]
    [InlineData(0, 0)]
    [InlineData(88, 56)]
    public void Find_Object_IsTheLargestOnThePlainBackground(int left, int top)
    {
        // Next to it a smaller thing, and a ground with a cast, which a retina's surround may not have.
        var picture = Draw(120, 80, (left, top, 32, 24), ((left + 60) % 100, (top + 50) % 70, 8, 8));
        var frame = Framings.Get(FramingKind.LargestObject).Find(picture);
        Assert.Equal(32 * 1.1, frame.Side, 0.5);
        var image = frame.Cut!(picture, 64);
        var dark = Enumerable.Range(0, 64 * 64).Where(i => image[i * 3] < 128).ToArray();
        Assert.InRange(dark.Length / 4096.0, 0.9 * 24 / 32 / 1.21, 1.1 * 24 / 32 / 1.21);
        Assert.InRange(dark.Max(i => i % 64) - dark.Min(i => i % 64), 54, 62);
        Assert.True(image.Chunk(3).All(pixel => pixel.Max() > 40), "a pixel is black, though nothing in the picture is");
    }

    [Fact]
    public void Find_ObjectAsLargeAsThePicture_IsFilledUpWithItsBackground()
    {
        var picture = Draw(120, 40, (2, 2, 116, 36));
        var image = Framings.Get(FramingKind.LargestObject).Find(picture).Cut!(picture, 32);
        Assert.Equal([Ground, 200, 170], image[..3]);
        Assert.Equal([90, 60, 120], image.AsSpan((16 * 32 + 16) * 3, 3).ToArray());
    }

    [Fact]
    public void Run_Object_SkipsWhatHasNoneAndSaysWhy()
    {
        Add("cell.png", Draw(48, 32, (10, 8, 16, 12)));
        Add("empty.png", Draw(48, 32));
        Add("noise.png", new RgbImage(48, 32, [.. Enumerable.Range(0, 48 * 32 * 3).Select(i => (byte)(i * 7919 % 251))]));
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { Framing = FramingKind.LargestObject, Size = 16 });
        Assert.Equal(["cell.png"], files);
        Assert.Equal(
            ["empty.png: no object", "noise.png: no plain background"], report.Skipped.Select(skipped => $"{skipped.File}: {skipped.Reason.Split(':')[0]}"));
        Assert.Empty(report.DiscCounts);
        var json = File.ReadAllText(Path.Combine(report.Output, DatasetFiles.Description));
        Assert.Contains("\"framing\": \"object\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("disc", json, StringComparison.OrdinalIgnoreCase);
        using var dataset = ImageDataset.Open(report.Output);
        Assert.Equal((false, FramingKind.LargestObject, null), (dataset.IsFundus, dataset.Framing, dataset.Entries[0].Disc));
    }

    [Theory]
    [InlineData(null, null, true, FramingKind.Retina)]
    [InlineData(AcceptedPictures.Fundus, null, true, FramingKind.Retina)]
    [InlineData(AcceptedPictures.Any, null, false, FramingKind.Whole)]
    [InlineData(null, FramingKind.Retina, true, FramingKind.Retina)]
    [InlineData(null, FramingKind.LargestObject, false, FramingKind.LargestObject)]
    [InlineData(null, FramingKind.Whole, false, FramingKind.Whole)]
    [InlineData(AcceptedPictures.Fundus, FramingKind.Whole, true, FramingKind.Whole)]
    public void Run_AcceptAndFraming_ImplyEachOther(AcceptedPictures? accept, FramingKind? framing, bool isFundus, FramingKind used)
    {
        _folder.Add([0]);
        var (report, _) = PreparationFolder.Prepare(_folder.Options with { Accept = accept, Framing = framing });
        using var dataset = ImageDataset.Open(report.Output);
        Assert.Equal((isFundus, used, isFundus), (dataset.IsFundus, dataset.Framing, dataset.Entries[0].Disc is not null));
        // What was never said is not said now: datasets of fundus photographs stay as they were.
        var json = File.ReadAllText(Path.Combine(report.Output, DatasetFiles.Description));
        Assert.Equal(used != FramingKind.Retina, json.Contains("\"framing\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_RetinaOfAnyPictures_IsRefused()
    {
        _folder.Add([0]);
        PreparationFolder.AssertFails(
            _folder.Options with { Accept = AcceptedPictures.Any, Framing = FramingKind.Retina }, "framing retina", "choose framing object or whole");
    }

    [Fact]
    public void Open_DatasetOfAnEarlierVersion_HasItsDiscsAndItsFraming()
    {
        using (var writer = new DatasetWriter(_folder.File("old"), 8))
        {
            writer.Append(new byte[8 * 8 * 3], new ManifestEntry { File = "a.png", Disc = new RetinaDisc(DiscKind.Other, 4, 4, 4) });
            writer.Complete(new DatasetSummary { Source = "photographs", IsFundus = false, Framing = FramingKind.Whole });
        }

        var path = _folder.File("old/" + DatasetFiles.Description);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"framing\": \"whole\",", "", StringComparison.Ordinal));
        using (var dataset = ImageDataset.Open(_folder.File("old")))
            Assert.Equal((FramingKind.Whole, DiscKind.Other), (dataset.Framing, dataset.Entries[0].Disc!.Value.Kind));
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"count\"", "\"framing\": \"square\", \"count\"", StringComparison.Ordinal));
        Assert.Contains("retina, object, whole", Assert.Throws<InputException>(() => ImageDataset.Open(_folder.File("old"))).Message, StringComparison.Ordinal);
    }

    private void Add(string name, RgbImage picture) => File.WriteAllBytes(_folder.File("in/" + name), PngFile.Encode(picture));

    /// <summary>Dark rectangles on a light ground with a cast.</summary>
    private static RgbImage Draw(int width, int height, params (int Left, int Top, int Width, int Height)[] things)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            var isThing = things.Any(thing => x >= thing.Left && x < thing.Left + thing.Width && y >= thing.Top && y < thing.Top + thing.Height);
            (isThing ? (ReadOnlySpan<byte>)[90, 60, 120] : [Ground, 200, 170]).CopyTo(pixels.AsSpan(i * 3));
        }

        return new RgbImage(width, height, pixels);
    }
}
