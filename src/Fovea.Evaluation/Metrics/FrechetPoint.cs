namespace Fovea.Evaluation.Metrics;

/// <summary>One measured Fréchet distance.</summary>
/// <param name="Images">Images a side, N.</param>
/// <param name="Distance">The distance.</param>
public readonly record struct FrechetPoint(int Images, double Distance);
