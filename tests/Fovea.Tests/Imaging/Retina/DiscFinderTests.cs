using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;

namespace Fovea.Tests.Imaging.Retina;

public class DiscFinderTests
{
    // One working pixel: the finder averages pictures down to at most 640 pixels a side.
    private const double Tolerance = 1.0;

    [Theory]
    [InlineData(0, 320, 240, 160, 120, 100)]
    [InlineData(0, 320, 240, 130, 110.5, 90.25)]
    [InlineData(0, 256, 256, 128, 128, 128)]
    [InlineData(8, 300, 200, 150, 100, 97)]
    [InlineData(128, 320, 240, 160, 120, 100)]
    [InlineData(255, 320, 240, 150, 118, 100)]
    public void Find_WholeCircle_WithinAPixel(byte surround, int width, int height, double x, double y, double radius)
    {
        var field = DiscFinder.Find(
            new SyntheticFundus { Surround = surround, Width = width, Height = height, CentreX = x, CentreY = y, Radius = radius }.Draw());
        AssertDisc(DiscKind.Circle, x, y, radius, field, Tolerance);
        Assert.Equal(surround < 40, field.DarkSurround);
    }

    [Theory]
    [InlineData(0, 40, 200)]
    [InlineData(0, 30, 240)]
    [InlineData(255, 45, 195)]
    public void Find_CutAboveAndBelow_GivesTheFullCircle(byte surround, double top, double bottom)
    {
        var field = DiscFinder.Find(new SyntheticFundus { Surround = surround, CutTop = top, CutBottom = bottom }.Draw());
        AssertDisc(DiscKind.Truncated, 160, 120, 100, field, Tolerance);
        Assert.Equal(top, field.Top, Tolerance);
    }

    [Fact]
    public void Find_CutByTheFrame_GivesTheFullCircle()
    {
        var field = DiscFinder.Find(new SyntheticFundus { Width = 400, Height = 200, CentreX = 200, CentreY = 98, Radius = 130 }.Draw());
        AssertDisc(DiscKind.Truncated, 200, 98, 130, field, Tolerance);
    }

    [Fact]
    public void Find_NoBorder_IsAnInnerCrop()
    {
        var field = DiscFinder.Find(new SyntheticFundus { Width = 300, Height = 200, CentreX = 150, CentreY = 100, Radius = 400 }.Draw());
        AssertDisc(DiscKind.InnerCrop, 150, 100, 100, field, 0);
    }

    [Fact]
    public void Find_OnlyCornersOfSurround_IsAnInnerCrop()
    {
        var field = DiscFinder.Find(new SyntheticFundus { Width = 256, Height = 256, CentreX = 128, CentreY = 128, Radius = 150 }.Draw());
        Assert.Equal(DiscKind.InnerCrop, field.Disc.Kind);
    }

    [Fact]
    public void Find_DarkDisc_WithinTwoPixels()
    {
        // The edge lies in the noise of eight-bit steps: two pixels.
        var field = DiscFinder.Find(new SyntheticFundus { Brightness = 0.15 }.Draw());
        AssertDisc(DiscKind.Circle, 160, 120, 100, field, 2);
    }

    [Fact]
    public void Find_DateStampInACorner_IsLeftOut()
    {
        var image = new SyntheticFundus().Draw();
        Fill(image, 5, 5, 45, 14, 255);
        AssertDisc(DiscKind.Circle, 160, 120, 100, DiscFinder.Find(image), Tolerance);
    }

    [Fact]
    public void Find_LargePicture_WithinHalfAPercent()
    {
        var field = DiscFinder.Find(new SyntheticFundus { Width = 1500, Height = 1000, CentreX = 740, CentreY = 505, Radius = 460 }.Draw());
        AssertDisc(DiscKind.Circle, 740, 505, 460, field, 0.005 * 460);
    }

    [Fact]
    public void Find_TinyPicture_GivesAField() =>
        Assert.True(DiscFinder.Find(new RgbImage(1, 3, new byte[9])).Disc.Radius > 0);

    [Fact]
    public void Find_CroppedDisc_IsFoundAgain()
    {
        var image = new SyntheticFundus { CutTop = 40, CutBottom = 205 }.Draw();
        var once = RetinaCropper.Crop(image, DiscFinder.Find(image), 128);
        var again = DiscFinder.Find(new RgbImage(128, 128, once));
        AssertDisc(DiscKind.Truncated, 64, 64, 64, again, Tolerance);
    }

    internal static void Fill(RgbImage image, int left, int top, int width, int height, byte value)
    {
        for (var y = top; y < top + height; y++) image.Pixels.AsSpan((y * image.Width + left) * 3, width * 3).Fill(value);
    }

    private static void AssertDisc(DiscKind kind, double x, double y, double radius, FieldOfView field, double tolerance)
    {
        Assert.Equal(kind, field.Disc.Kind);
        Assert.Equal(x, field.Disc.CentreX, tolerance);
        Assert.Equal(y, field.Disc.CentreY, tolerance);
        Assert.Equal(radius, field.Disc.Radius, tolerance);
    }
}
