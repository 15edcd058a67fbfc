using Fovea.Imaging.Grids;

namespace Fovea.Evaluation.Fundus;

/// <summary>How light falls off towards the border of the field.</summary>
public static class RadialProfile
{
    /// <summary>Rings of equal width from the middle to the border.</summary>
    public const int Rings = 8;

    /// <summary>Mean brightness [<see cref="Rings"/>], 0 to 1, of the pixels in the mask; NaN for a ring that has none.</summary>
    public static double[] Of(RgbImage image, RetinaMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var brightness = Channels.Brightness(image);
        var (sums, counts) = (new double[Rings], new int[Rings]);
        for (var k = 0; k < brightness.Length; k++)
        {
            if (!mask.Inside[k]) continue;
            var radius = double.Hypot(k % mask.Width + 0.5 - mask.Disc.CentreX, k / mask.Width + 0.5 - mask.Disc.CentreY) / mask.Disc.Radius;
            var ring = Math.Min((int)(radius * Rings), Rings - 1);
            sums[ring] += brightness[k];
            counts[ring]++;
        }

        return [.. sums.Select((sum, ring) => counts[ring] > 0 ? sum / counts[ring] : double.NaN)];
    }
}
