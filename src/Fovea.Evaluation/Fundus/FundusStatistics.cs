using Fovea.Imaging.Grids;

namespace Fovea.Evaluation.Fundus;

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
    public static FundusStatistics Of(RgbImage image)
    {
        var mask = RetinaMask.Of(image);
        var vesselness = mask.Pick(Vesselness.Of(image, mask));
        return new FundusStatistics(
            HueHistogram.Of(image, mask),
            vesselness.Average(),
            vesselness.Count(value => value >= VesselThreshold) / (double)vesselness.Length,
            Fundus.DiscContrast.Of(image, mask),
            RadialProfile.Of(image, mask));
    }
}
