namespace Fovea.Evaluation.Metrics;

/// <summary>The Fréchet distance that images of one kind have from each other: a generator cannot be told to do better.</summary>
/// <param name="Images">Images a side, N.</param>
/// <param name="Mean">Mean over the splits.</param>
/// <param name="StandardDeviation">Standard deviation over the splits; they share images, so it is not that of new images.</param>
/// <param name="Distances">The distance of each split.</param>
public sealed record FrechetFloor(int Images, double Mean, double StandardDeviation, IReadOnlyList<double> Distances);
