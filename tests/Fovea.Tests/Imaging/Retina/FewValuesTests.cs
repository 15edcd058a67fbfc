using Fovea.Imaging.Decoding;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Retina;
using NetVips;

namespace Fovea.Tests.Imaging.Retina;

/// <summary>Masks and drawings are no photographs; dark, bright, grey and stamped photographs are.</summary>
public sealed class FewValuesTests : IDisposable
{
    private readonly PreparationFolder _folder = new();

    public static TheoryData<string> Masks => ["field", "vessels", "disc and cup", "lesions in colour"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Masks))]
    public void Run_MaskBesideThePhotograph_IsSkippedInEveryForm(string kind)
    {
        _folder.Add([1]);
        using var mask = Mask(kind);
        mask.Pngsave(_folder.File("in/exact.png"));
        mask.Jpegsave(_folder.File("in/q90.jpg"), q: 90);
        mask.Jpegsave(_folder.File("in/q75.jpg"), q: 75);
        mask.Tiffsave(_folder.File("in/exact.tif"));
        using var half = mask.Resize(0.5);
        half.Pngsave(_folder.File("in/half.png"));
        if (kind == "field") mask.Colourspace(Enums.Interpretation.Bw).Pngsave(_folder.File("in/one-bit.png"), bitdepth: 1);
        var (report, files) = PreparationFolder.Prepare(_folder.Options);
        Assert.Equal(["1.png"], files);
        Assert.Equal(kind == "field" ? 6 : 5, report.Skipped.Count);
        Assert.All(report.Skipped, skipped => Assert.Contains("a mask or a drawing", skipped.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.08, false)]
    [InlineData(0.3, true)]
    [InlineData(2.2, false)]
    public void Reject_PhotographAtAnyLight_IsNone(double brightness, bool grey)
    {
        var picture = new SyntheticFundus { Brightness = brightness, Seed = 9 }.Draw();
        using var stamped = Stamped(picture);
        using var form = grey ? stamped.Colourspace(Enums.Interpretation.Bw) : stamped.Copy();
        foreach (var bytes in new[] { form.PngsaveBuffer(), form.JpegsaveBuffer(q: 40), picture.ToPng() })
            Assert.Null(FewValues.Reject(ImageDecoder.Decode(bytes).Image));
    }

    [Fact]
    public void Reject_Phantoms_AreNone()
    {
        var output = _folder.File("phantoms");
        PhantomDataset.Write(new PhantomOptions { Folder = output, Count = 12, Size = 64, Seed = 3 }, cancellation: TestContext.Current.CancellationToken);
        using var dataset = Fovea.Imaging.Datasets.ImageDataset.Open(output);
        for (var i = 0; i < dataset.Count; i++) Assert.Null(FewValues.Reject(new RgbImage(64, 64, dataset.GetImage(i).ToArray())));
    }

    private static Image Stamped(RgbImage picture)
    {
        using var white = (Image.Black(60, 6) + 255).Cast(Enums.BandFormat.Uchar);
        return picture.ToVips().Insert(white.Bandjoin(white, white), 4, 4);
    }

    private static Image Mask(string kind)
    {
        const int side = 480;
        var pixels = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var radius = Math.Sqrt((x - 240.0) * (x - 240) + (y - 240.0) * (y - 240));
                var line = Math.Abs((x + 40 * Math.Sin(y / 40.0)) % 60 - 30) < 1.5 && radius < 220;
                var spot = (x % 80 - 40) * (x % 80 - 40) + (y % 80 - 40) * (y % 80 - 40) < 150 && radius < 200;
                (byte R, byte G, byte B) colour = kind switch
                {
                    "field" => radius < 220 ? ((byte)255, (byte)255, (byte)255) : default,
                    "vessels" => line ? ((byte)255, (byte)255, (byte)255) : default,
                    "disc and cup" => radius < 60 ? default : radius < 110 ? ((byte)128, (byte)128, (byte)128) : ((byte)255, (byte)255, (byte)255),
                    _ => spot ? x < 240 ? ((byte)255, (byte)0, (byte)0) : ((byte)0, (byte)200, (byte)60) : default,
                };
                (pixels[(y * side + x) * 3], pixels[(y * side + x) * 3 + 1], pixels[(y * side + x) * 3 + 2]) = colour;
            }
        }

        return Image.NewFromMemory(pixels, side, side, 3, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
