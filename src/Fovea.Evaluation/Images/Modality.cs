using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
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
    public static Modality Of(ImageDataset dataset) => dataset.IsFundus ? Fundus : Any;

    /// <summary>Opens the grader that was named, else the shipped one of the images' size; null where none was made for them.</summary>
    /// <exception cref="InputException">There is no such grader.</exception>
    public NamedGrader? Grader(string? name, int side, int threads, ComputeContext? compute = null) =>
        name is null && !HasGrader ? null : NamedGrader.Open(name, side, threads, compute);

    /// <summary>Whether a judge with that hash may judge such images: a user's always may.</summary>
    public bool Admits(string hash) => HasGrader || !ShippedJudges.IsShipped(hash);
}
