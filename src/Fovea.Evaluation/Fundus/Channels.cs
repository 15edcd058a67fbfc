using Fovea.Imaging.Grids;

namespace Fovea.Evaluation.Fundus;

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
