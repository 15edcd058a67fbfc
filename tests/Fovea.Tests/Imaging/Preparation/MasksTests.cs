using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;
using NetVips;

namespace Fovea.Tests.Imaging.Preparation;

/// <summary>Masks of pictures: found by name, cut as the picture is, kept beside the images; what is wrong with them is told.</summary>
public sealed class MasksTests : IDisposable
{
    private const int Width = 320;
    private const int Height = 240;
    private readonly PreparationFolder _folder = new();

    private PrepareOptions Options => _folder.Options with { Size = 32, Masks = _folder.File("masks/x")[..^2] };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FramingKind.Retina)]
    [InlineData(FramingKind.Whole)]
    public void Run_MaskOfHalfThePicture_IsCutAsThePictureIs(FramingKind framing)
    {
        _folder.Add([1, 2]);
        Mask("masks/1.png", (x, _) => x < Width / 2, 255);
        Mask("masks/2.tif", (_, y) => y < Height / 2, 1);
        var (report, _) = PreparationFolder.Prepare(Options with { Framing = framing, Accept = framing == FramingKind.Whole ? AcceptedPictures.Any : null });
        Assert.Equal(["mask"], report.MaskNames);
        Assert.Equal(2, report.WithMasks);
        using var dataset = ImageDataset.Open(Options.Output);
        // The disc of the pictures is centred, so that the middle of the square is that of the picture.
        Assert.Equal((255, 0, 255, 0), (At(dataset, 0, 0, 12, 16), At(dataset, 0, 0, 20, 16), At(dataset, 1, 0, 16, 12), At(dataset, 1, 0, 16, 20)));
        // Beside the picture, or outside of the camera's field, is no part of any mask.
        Assert.Equal(0, At(dataset, 0, 0, 4, 0));
    }

    [Fact]
    public void Run_ObjectFraming_WhatIsFilledUpIsNoMask()
    {
        var picture = new byte[200 * 60 * 3];
        Array.Fill(picture, (byte)250);
        for (var y = 5; y < 55; y++) picture.AsSpan((y * 200 + 20) * 3, 160 * 3).Fill(10);
        Write("in/1.png", 200, 60, picture);
        Mask("masks/1.png", (_, _) => true, 255, 200, 60);
        PreparationFolder.Prepare(Options with { Framing = FramingKind.LargestObject });
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal((0, 255, 0), (At(dataset, 0, 0, 16, 1), At(dataset, 0, 0, 16, 16), At(dataset, 0, 0, 16, 30)));
    }

    [Fact]
    public void Run_IndexPictures_HaveAClassAValue()
    {
        _folder.Add([1, 2]);
        Index("masks/1.png", 2);
        Index("masks/2.gif", 0);
        var (report, _) = PreparationFolder.Prepare(Options);
        Assert.Equal(["1", "2"], report.MaskNames);
        Assert.Contains(report.Warnings, warning => warning.Contains("1 picture has empty masks, first 2.png", StringComparison.Ordinal));
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal((255, 0, 0, 255), (At(dataset, 0, 0, 12, 16), At(dataset, 0, 0, 20, 16), At(dataset, 0, 1, 12, 16), At(dataset, 0, 1, 20, 16)));
        Assert.True(dataset.Masks!.Has(1));
        Assert.False(dataset.Masks[1].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Run_FoldersOfClasses_HaveAClassAFolder()
    {
        _folder.Add([1, 2], "in/clinic");
        foreach (var name in new[] { "vessels", "disc" })
        {
            foreach (var i in new[] { 1, 2 })
                Mask($"masks/{name}/clinic/{i}.png", (x, _) => x < Width / 2 == (name == "disc"), 255);
        }

        var (report, _) = PreparationFolder.Prepare(Options);
        Assert.Equal(["disc", "vessels"], report.MaskNames);
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal((255, 0, 0, 255), (At(dataset, 1, 0, 12, 16), At(dataset, 1, 0, 20, 16), At(dataset, 1, 1, 12, 16), At(dataset, 1, 1, 20, 16)));
    }

    [Fact]
    public void Run_TurnedPicture_MaskIsOfTheUprightOne()
    {
        // Stored on its side, as cameras do: upright it is Height × Width.
        using var stored = PreparationFolder.Picture(1).ToVips();
        using var turned = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", 6));
        File.WriteAllBytes(_folder.File("in/1.jpg"), turned.JpegsaveBuffer());
        Mask("masks/1.png", (_, y) => y < Width / 2, 255, Height, Width);
        var (report, _) = PreparationFolder.Prepare(Options);
        Assert.Contains(report.Warnings, warning => warning.Contains("turned upright by EXIF data", StringComparison.Ordinal));
        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Equal((255, 0), (At(dataset, 0, 0, 16, 12), At(dataset, 0, 0, 16, 20)));
    }

    [Fact]
    public void Run_Faults_AreCountedAndRefusedWhereStrict()
    {
        _folder.Add([1, 2, 3, 4, 5]);
        Mask("masks/1.png", (x, _) => x < 100, 255);
        Mask("masks/2.png", (x, _) => x < 100, 255, Width / 2, Height / 2);
        Mask("masks/3.png", (x, y) => x < y, 40);
        Grey("masks/3.png", (x, y) => (byte)(x + y));
        Mask("masks/stranger.png", (_, _) => true, 255);
        File.WriteAllText(_folder.File("masks/5.png"), "no picture");
        var (report, _) = PreparationFolder.Prepare(Options);
        string[] texts =
        [
            "1 picture with a mask of another size", "has 320×240 pixels, its mask 160×120",
            "1 picture with a mask of unknown values", "1 picture without a mask",
            "first 4.png: has no mask", "1 file belongs to no picture, first 'stranger.png'", "1 picture with a mask that cannot be read",
        ];
        foreach (var text in texts)
            Assert.Contains(report.Warnings, warning => warning.Contains(text, StringComparison.Ordinal));
        Assert.Equal(1, report.WithMasks);
        using (var dataset = ImageDataset.Open(Options.Output))
            Assert.Equal([true, false, false, false, false], Enumerable.Range(0, 5).Select(dataset.Masks!.Has));
        PreparationFolder.AssertFails(Options with { Output = _folder.File("strict"), Strict = true }, "stranger.png", "(strict)");
        File.Delete(_folder.File("masks/stranger.png"));
        PreparationFolder.AssertFails(Options with { Output = _folder.File("strict"), Strict = true }, "2.png", "160×120", "(strict)");
    }

    [Fact]
    public void Run_NoMaskOfAnyPicture_IsRefused()
    {
        _folder.Add([1]);
        Mask("masks/other.png", (_, _) => true, 255);
        PreparationFolder.AssertFails(Options, "none of its 1 masks has the name of a picture");
        PreparationFolder.AssertFails(Options with { Masks = _folder.File("nowhere") }, "no such folder (of masks)");
    }

    [Fact]
    public void Dataset_MasksOfAnother_AreNotLeftBehind()
    {
        _folder.Add([1]);
        Mask("masks/1.png", (x, _) => x < 100, 255);
        PreparationFolder.Prepare(Options);
        string hash;
        using (var dataset = ImageDataset.Open(Options.Output)) hash = dataset.ContentHash;
        PreparationFolder.Prepare(Options with { Masks = null, Force = true });
        Assert.False(File.Exists(Path.Combine(Options.Output, DatasetFiles.Masks)));
        using var without = ImageDataset.Open(Options.Output);
        // Masks are told apart by a hash of their own: images and manifest are what they were.
        Assert.Equal((null, hash), (without.Masks, without.ContentHash));
    }

    [Fact]
    public void VerifyContent_ChangedMask_IsSeen()
    {
        _folder.Add([1]);
        Mask("masks/1.png", (x, _) => x < 100, 255);
        PreparationFolder.Prepare(Options);
        using (var file = File.OpenWrite(Path.Combine(Options.Output, DatasetFiles.Masks)))
        {
            file.Position = file.Length - 1;
            file.WriteByte(77);
        }

        using var dataset = ImageDataset.Open(Options.Output);
        Assert.Contains("masks were changed", Assert.Throws<InputException>(() => dataset.VerifyContent(TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Phantom_Masks_LieWhereTheImageShowsIt()
    {
        var parameters = Enumerable.Range(0, 20).Select(index => PhantomParameters.Sample(7, index)).First(p => p.Fault == QualityFault.None);
        const int size = 128;
        var (image, masks) = (PhantomRenderer.Render(parameters, size), PhantomRenderer.Masks(parameters, size));
        var (vessels, disc, field) = (masks[..(size * size)], masks[(size * size)..(2 * size * size)], masks[(2 * size * size)..]);
        double Green(Func<int, bool> of) => Enumerable.Range(0, size * size).Where(of).Average(i => (double)image[3 * i + 1]);
        var background = Green(i => field[i] == 255 && vessels[i] == 0 && disc[i] == 0);
        Assert.True(Green(i => vessels[i] > 200 && disc[i] == 0) < 0.9 * background);
        Assert.True(Green(i => disc[i] == 255 && vessels[i] == 0) > 1.1 * background);
        Assert.Equal(0, Green(i => field[i] == 0));
        Assert.InRange(disc.Average(value => value / 255.0), 0.003, 0.05);
    }

    private static int At(ImageDataset dataset, int index, int label, int x, int y) => dataset.Masks![index][(label * dataset.Size + y) * dataset.Size + x];

    private void Mask(string name, Func<int, int, bool> isInside, byte value, int width = Width, int height = Height) =>
        Grey(name, (x, y) => isInside(x, y) ? value : (byte)0, width, height);

    private void Index(string name, int classes) => Grey(name, (x, _) => classes == 0 ? (byte)0 : x < Width / 2 ? (byte)1 : (byte)2);

    private void Grey(string name, Func<int, int, byte> value, int width = Width, int height = Height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++) pixels.AsSpan(3 * i, 3).Fill(value(i % width, i / width));
        Write(name, width, height, pixels);
    }

    private void Write(string name, int width, int height, byte[] pixels)
    {
        var path = _folder.File(name);
        using var image = Image.NewFromMemory(pixels, width, height, 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        if (name.EndsWith(".tif", StringComparison.Ordinal)) srgb.Tiffsave(path);
        else if (name.EndsWith(".gif", StringComparison.Ordinal)) File.WriteAllBytes(path, EmptyGif(width, height));
        else File.WriteAllBytes(path, PngFile.Encode(new RgbImage(width, height, pixels)));
    }

    /// <summary>A GIF of two colours, all black: a canvas with a picture of one pixel on it.</summary>
    private static byte[] EmptyGif(int width, int height) =>
    [
        .. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
    ];
}
