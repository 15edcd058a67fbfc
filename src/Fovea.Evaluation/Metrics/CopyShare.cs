using Fovea.Evaluation.Statistics;

namespace Fovea.Evaluation.Metrics;

/// <summary>How many generated images lie nearer to training images than nearly all held-out images do.</summary>
/// <param name="Percentile">The share of held-out images below the threshold, 0 to 1: what a generator that copies nothing has.</param>
/// <param name="Threshold">The distance of that percentile.</param>
/// <param name="Count">Generated images below it.</param>
/// <param name="Share">The same as a share, 0 to 1.</param>
/// <param name="Interval">Wilson's interval of the share.</param>
public sealed record CopyShare(double Percentile, double Threshold, int Count, double Share, Interval Interval);
