using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Retina;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Judges.Provenance;
using Fovea.Torch.Runtime;

namespace Fovea.Evaluation.Images;

/// <summary>
/// What is at hand for a kind of images without being named: judges that come with the program, and figures that have names. Everything
/// else that an evaluation has is for images of any kind, and a kind of its own is a further entry here.
/// </summary>
/// <param name="Features">Shipped feature networks that were made for such images.</param>
/// <param name="HasGrader">Whether a shipped grader was.</param>
internal sealed record Modality(IReadOnlyList<string> Features, bool HasGrader)
{
    /// <summary>Photographs of the retina, and images drawn like them.</summary>
    public static Modality Fundus { get; } = new([FeatureNetworks.Shipped], true);

    /// <summary>Images of which nothing is known.</summary>
    public static Modality Any { get; } = new([], false);

    /// <summary>That of a dataset, by what it says.</summary>
    public static Modality Find(ImageDataset dataset) => dataset.IsFundus ? Fundus : Any;

    /// <summary>Opens the grader that was named, else the shipped one of the images' size; null where none was made for them.</summary>
    /// <exception cref="InputException">There is no such grader.</exception>
    public NamedGrader? Grader(string? name, int side, int threads, ComputeContext? compute = null) =>
        name is null && !HasGrader ? null : NamedGrader.Open(name, side, threads, compute);

    /// <summary>Whether a judge with that hash may judge such images: a user's always may.</summary>
    public bool Admits(string hash) => HasGrader || !ShippedJudges.IsShipped(hash);
}

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
