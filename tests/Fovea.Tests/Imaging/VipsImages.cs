using Fovea.Imaging.Grids;
using NetVips;

namespace Fovea.Tests.Imaging;

/// <summary>Hands pictures to libvips for writing the formats that tests need.</summary>
internal static class VipsImages
{
    public static Image ToVips(this RgbImage image) =>
        Image.NewFromMemory(image.Pixels, image.Width, image.Height, 3, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

    public static byte[] ToJpeg(this RgbImage image, int quality = 95) => image.ToVips().JpegsaveBuffer(q: quality);

    public static byte[] ToPng(this RgbImage image) => image.ToVips().PngsaveBuffer();

    /// <summary>The mean difference over all samples, 0 to 255.</summary>
    public static double MeanDifference(this RgbImage image, RgbImage other)
    {
        Assert.Equal((image.Width, image.Height), (other.Width, other.Height));
        return image.Pixels.Zip(other.Pixels, (a, b) => Math.Abs(a - b)).Average();
    }
}
