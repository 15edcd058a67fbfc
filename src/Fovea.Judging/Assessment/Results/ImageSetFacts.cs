namespace Fovea.Judging.Assessment.Results;

/// <summary>What a set of images is.</summary>
/// <param name="Source">The dataset's folder, the folder of pictures or the run, as it was given.</param>
/// <param name="Part">The dataset's split, "sampled" for a run, "folder" for pictures.</param>
/// <param name="Images">Images that were read.</param>
/// <param name="Side">Side in pixels at which they are compared.</param>
/// <param name="ContentHash">SHA-256 over their pixels at that side, in the order of their own hashes; lower-case hexadecimal.</param>
/// <param name="Skipped">Files that gave no image, with the reason.</param>
public sealed record ImageSetFacts(string Source, string Part, int Images, int Side, string ContentHash, IReadOnlyList<SkippedImage> Skipped);
