namespace Fovea.Evaluation.Metrics;

/// <summary>A kernel distance over subsets. Unbiased, so it may be negative where both sides are alike.</summary>
/// <param name="Mean">Mean over the subsets.</param>
/// <param name="StandardDeviation">Standard deviation over the subsets: that of a figure of one subset.</param>
/// <param name="StandardError">The mean's, as if the subsets shared no images. It does not tell how another model would do.</param>
/// <param name="SubsetSize">Images a side in each subset.</param>
/// <param name="Subsets">The value of each subset.</param>
public sealed record KernelDistanceResult(double Mean, double StandardDeviation, double StandardError, int SubsetSize, IReadOnlyList<double> Subsets);
