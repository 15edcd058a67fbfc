namespace Fovea.Training.Sweeps;

/// <summary>What a level's images are like beside the noiseless images of equal numbers.</summary>
/// <param name="Name">The level.</param>
/// <param name="Profile">The device, or null.</param>
/// <param name="Scale">Factor on its noise.</param>
/// <param name="Images">Images drawn.</param>
/// <param name="Identical">Share of images without a single different pixel.</param>
/// <param name="Psnr">dB of the mean squared difference over all images; null where nothing differs.</param>
/// <param name="Difference">Mean absolute difference of pixels, in steps of 8 bits.</param>
/// <param name="Ssim">Structural similarity.</param>
/// <param name="FeatureDistance">Root mean square difference of the autoencoder's latents, in their standard deviations.</param>
/// <param name="Diversity">The same distance between neighbouring images of this level.</param>
/// <param name="Inserted">What the device adds to each circuit, a line each.</param>
/// <param name="Seconds">Time that the level took to draw.</param>
/// <param name="SsimRange">The range of the pixels that <paramref name="Ssim"/> was computed on; null in older files, where it was [−1, 1] and not [0, 1].</param>
public sealed record LevelResult(
    string Name,
    string? Profile,
    double Scale,
    int Images,
    double Identical,
    double? Psnr,
    MeanInterval Difference,
    MeanInterval Ssim,
    MeanInterval FeatureDistance,
    MeanInterval Diversity,
    IReadOnlyList<string> Inserted,
    double Seconds,
    string? SsimRange = null);
