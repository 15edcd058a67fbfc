namespace Fovea.Study.Folders;

/// <summary>What a study's folder belongs to.</summary>
/// <param name="Format">The version of this layout.</param>
/// <param name="Name">The study's name.</param>
/// <param name="DataHash">Content hash of the dataset.</param>
/// <param name="DataSource">Where its images come from: <c>photographs</c>, <c>medmnist</c>, <c>phantom</c>.</param>
/// <param name="Side">Side of its images in pixels.</param>
/// <param name="TrainingImages">Images of its training split.</param>
/// <param name="HeldOutImages">Images of its validation split.</param>
/// <param name="Fingerprints">What each cell's result has to have as its fingerprint, by the cell's name; null before any was run.</param>
public sealed record StudyFacts(int Format, string Name, string DataHash, string DataSource, int Side, int TrainingImages, int HeldOutImages, IReadOnlyDictionary<string, string>? Fingerprints = null)
{
    /// <summary>The version of this layout.</summary>
    public const int CurrentFormat = 1;
}
