namespace Fovea.Evaluation.Statistics;

/// <summary>What a bootstrap tells of a statistic.</summary>
/// <param name="Estimate">The statistic of the images as they are.</param>
/// <param name="StandardError">Standard deviation of the replicates.</param>
/// <param name="Percentile">
/// Interval between quantiles of the replicates. Resamples repeat images: a biased statistic, as a Fréchet distance is, moves, and
/// this interval with it.
/// </param>
/// <param name="Bca">Interval corrected for bias and skewness; null when it was not asked for or the replicates do not vary.</param>
/// <param name="Replicates">The statistic of each resample, sorted.</param>
public sealed record BootstrapResult(double Estimate, double StandardError, Interval Percentile, Interval? Bca, IReadOnlyList<double> Replicates);
