using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;
using Fovea.Judges.Images;

namespace Fovea.Evaluation.Images;

/// <summary>Whether images look like photographs of the retina: what the shipped judges were made for.</summary>
internal static class FundusLooks
{
    /// <summary>The share of images from which a set counts as such photographs: some of every set fail.</summary>
    public const double LeastShare = 0.5;

    /// <summary>How many images of a set are looked at, at most.</summary>
    public const int Looked = 500;

    private const int Warmth = 5; // of 255, by which red outweighs blue; a retina is red, and only a picture in grey is not

    /// <summary>The share, 0 to 1, of the images, or of some hundreds of them, that pass <see cref="FundusCheck"/> and are not grey or blue.</summary>
    public static double Share(ImageSet images)
    {
        var looked = SetSample.Choose(images.Hashes, images.Classes, Looked, seed: 0);
        return looked.AsParallel().Count(k => IsAlike(new RgbImage(images.Side, images.Side, images.Pixels[k]))) / (double)looked.Length;
    }

    private static bool IsAlike(RgbImage image)
    {
        var excess = 0L;
        for (var at = 0; at < image.Pixels.Length; at += 3) excess += image.Pixels[at] - image.Pixels[at + 2];
        var isWarm = excess > (long)Warmth * (image.Pixels.Length / 3);
        return isWarm && FundusCheck.RejectSize(image.Width, image.Height) is null && FundusCheck.Reject(image, DiscFinder.Find(image)) is null;
    }
}
