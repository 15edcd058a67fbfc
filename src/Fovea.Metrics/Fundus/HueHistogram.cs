using Fovea.Imaging.Grids;

namespace Fovea.Metrics.Fundus;

/// <summary>The colours of the retina as a histogram over the hue circle.</summary>
public static class HueHistogram
{
    /// <summary>Bins around the circle, 5° each; bin 0 starts at red.</summary>
    public const int Bins = 72;

    private const int LeastChroma = 8; // of 255; below it rounding to 8 bits turns the hue by more than a bin

    /// <summary>
    /// Shares of the hues (HSV) [<see cref="Bins"/>] of the pixels in the mask, each pixel weighted by its chroma, since a hardly
    /// coloured one has hardly a hue. The sum is 1; all 0 when everything is grey.
    /// </summary>
    public static double[] Measure(RgbImage image, RetinaMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var shares = new double[Bins];
        for (var k = 0; k < mask.Inside.Length; k++)
        {
            if (!mask.Inside[k]) continue;
            var (red, green, blue) = (image.Pixels[3 * k], image.Pixels[3 * k + 1], image.Pixels[3 * k + 2]);
            var chroma = Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue));
            if (chroma >= LeastChroma) shares[(int)(Turn(red, green, blue, chroma) * Bins) % Bins] += chroma;
        }

        var sum = shares.Sum();
        return sum > 0 ? Array.ConvertAll(shares, share => share / sum) : shares;
    }

    /// <summary>The hue as a part of the circle, 0 to 1: red, green and blue at 0, 1/3 and 2/3.</summary>
    private static double Turn(int red, int green, int blue, double chroma)
    {
        var sixths = red >= green && red >= blue ? (green - blue) / chroma
            : green >= blue ? 2 + (blue - red) / chroma
            : 4 + (red - green) / chroma;
        return sixths < 0 ? (sixths + 6) / 6 : sixths / 6;
    }
}

/// <summary>Planes of an image on a scale of 0 to 1.</summary>
internal static class Channels
{
    /// <summary>The green channel [height, width], in which blood stands out most.</summary>
    public static double[] Green(RgbImage image) => Plane(image, pixel => pixel.Green / 255.0);

    /// <summary>The mean of the three channels [height, width].</summary>
    public static double[] Brightness(RgbImage image) => Plane(image, pixel => (pixel.Red + pixel.Green + pixel.Blue) / (3 * 255.0));

    private static double[] Plane(RgbImage image, Func<(int Red, int Green, int Blue), double> of)
    {
        var plane = new double[image.Width * image.Height];
        for (var k = 0; k < plane.Length; k++) plane[k] = of((image.Pixels[3 * k], image.Pixels[3 * k + 1], image.Pixels[3 * k + 2]));
        return plane;
    }
}
