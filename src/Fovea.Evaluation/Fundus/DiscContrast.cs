using Fovea.Evaluation.Statistics;
using Fovea.Imaging.Grids;

namespace Fovea.Evaluation.Fundus;

/// <summary>Whether there is one bright spot as large as an optic disc.</summary>
public static class DiscContrast
{
    private const double SigmaOfRadius = 1.0 / 15; // half the disc's radius where the field is 45° wide

    /// <summary>
    /// (brightest − median) / median of the brightness inside the mask, smoothed to the optic disc's size; 0 for a flat image, 0.3 to
    /// 2 where a disc is seen; NaN where the median is black.
    /// </summary>
    public static double Of(RgbImage image, RetinaMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var inside = mask.Pick(Smoothing.Masked(Channels.Brightness(image), mask, Math.Max(mask.Disc.Radius * SigmaOfRadius, 0.5)));
        Array.Sort(inside);
        var median = Quantiles.OfSorted(inside, 0.5);
        return median > 0 ? (inside[^1] - median) / median : double.NaN;
    }
}
