using Fovea.Core.Errors;
using Fovea.Imaging.Framing;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

/// <summary>The mask of what stays of a picture lies where the picture does, whatever formats the two files have.</summary>
public sealed class KeptMaskTests : IDisposable
{
    private const int Side = 64;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // 704 pixels are shrunk by five, which JPEG cannot do while it decodes: by four, at most.
    [Theory]
    [InlineData(704, false, true)]
    [InlineData(704, true, false)]
    [InlineData(704, true, true)]
    [InlineData(1444, false, true)]
    public void ReadMask_LeftThird_StaysTheLeftThird(int pixels, bool pictureIsJpeg, bool maskIsJpeg)
    {
        var picture = Write("picture", pictureIsJpeg, Image(pixels, (x, y) => (byte)((x * 7) ^ (y * 3))));
        var mask = Write("mask", maskIsJpeg, Image(pixels, (x, _) => x < pixels / 3 ? byte.MaxValue : (byte)0));
        var stays = new FramedPictureReader(Side, FramingKind.Whole).ReadMask(mask, picture);
        Assert.Equal(Side * Side, stays.Length);
        for (var k = 0; k < stays.Length; k++)
            if (Math.Abs((k % Side) - (Side / 3.0)) > 1.5) Assert.Equal(k % Side < Side / 3, stays[k]);
    }

    [Fact]
    public void ReadMask_OtherSizeOrOneColour_IsToldWithTheMasksName()
    {
        var picture = Write("picture", false, Image(80, (x, y) => (byte)(x * y)));
        string Refused(RgbImage mask) => Assert.Throws<InputException>(
            () => new FramedPictureReader(Side, FramingKind.Whole).ReadMask(Write("mask", false, mask), picture)).Message;
        Assert.Contains("mask.png: 81×81 pixels, and the picture 80×80", Refused(Image(81, (x, _) => (byte)x)), StringComparison.Ordinal);
        Assert.Contains("white all over", Refused(Image(80, (_, _) => 255)), StringComparison.Ordinal);
        Assert.Contains("black all over", Refused(Image(80, (_, _) => 0)), StringComparison.Ordinal);
    }

    private static RgbImage Image(int side, Func<int, int, byte> value) =>
        new(side, side, [.. Enumerable.Range(0, side * side * 3).Select(k => value(k / 3 % side, k / 3 / side))]);

    private string Write(string name, bool isJpeg, RgbImage image)
    {
        var path = _folder.File(name + (isJpeg ? ".jpg" : ".png"));
        File.WriteAllBytes(path, isJpeg ? image.ToJpeg() : image.ToPng());
        return path;
    }
}
