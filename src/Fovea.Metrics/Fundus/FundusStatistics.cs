using Fovea.Imaging.Grids;
using Fovea.Metrics.Statistics;

namespace Fovea.Metrics.Fundus;

/// <summary>A few figures of one fundus image that have names, beside the features that have none.</summary>
/// <param name="Hues">Shares of hues around the circle [<see cref="HueHistogram.Bins"/>].</param>
/// <param name="MeanVesselness">Mean of <see cref="Vesselness"/> in the mask, 0 to 1.</param>
/// <param name="VesselShare">Share of the mask's pixels that are like a vessel, 0 to 1.</param>
/// <param name="DiscContrast">Brightest spot against the median.</param>
/// <param name="RadialBrightness">Mean brightness by distance from the middle [<see cref="RadialProfile.Rings"/>], 0 to 1.</param>
public sealed record FundusStatistics(
    IReadOnlyList<double> Hues, double MeanVesselness, double VesselShare, double DiscContrast, IReadOnlyList<double> RadialBrightness)
{
    /// <summary>The vesselness from which a pixel counts as vessel-like.</summary>
    public const double VesselThreshold = 0.3;

    /// <summary>Measures an image.</summary>
    public static FundusStatistics Measure(RgbImage image)
    {
        var mask = RetinaMask.Find(image);
        var vesselness = mask.Pick(Vesselness.Measure(image, mask));
        return new FundusStatistics(
            HueHistogram.Measure(image, mask),
            vesselness.Average(),
            vesselness.Count(value => value >= VesselThreshold) / (double)vesselness.Length,
            Fundus.DiscContrast.Measure(image, mask),
            RadialProfile.Measure(image, mask));
    }
}

/// <summary>Whether there is one bright spot as large as an optic disc.</summary>
public static class DiscContrast
{
    private const double SigmaOfRadius = 1.0 / 15; // half the disc's radius where the field is 45° wide

    /// <summary>
    /// (brightest − median) / median of the brightness inside the mask, smoothed to the optic disc's size; 0 for a flat image, 0.3 to
    /// 2 where a disc is seen; NaN where the median is black.
    /// </summary>
    public static double Measure(RgbImage image, RetinaMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var inside = mask.Pick(Smoothing.Masked(Channels.Brightness(image), mask, Math.Max(mask.Disc.Radius * SigmaOfRadius, 0.5)));
        Array.Sort(inside);
        var median = Quantiles.OfSorted(inside, 0.5);
        return median > 0 ? (inside[^1] - median) / median : double.NaN;
    }
}

/// <summary>How light falls off towards the border of the field.</summary>
public static class RadialProfile
{
    /// <summary>Rings of equal width from the middle to the border.</summary>
    public const int Rings = 8;

    /// <summary>Mean brightness [<see cref="Rings"/>], 0 to 1, of the pixels in the mask; NaN for a ring that has none.</summary>
    public static double[] Measure(RgbImage image, RetinaMask mask)
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
