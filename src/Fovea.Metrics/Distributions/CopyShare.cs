using Fovea.Metrics.Statistics;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// How many generated images lie as near to training images as few held-out images do. The threshold is an order statistic of the held-out images'
/// distances, because of an interpolated quantile of n values more lies below on average than its share: 6.8 % instead of 5 % at n = 50.
/// </summary>
/// <param name="Percentile">The share that was asked for, 0 to 1.</param>
/// <param name="Rank">The held-out distances up to the threshold, k.</param>
/// <param name="HeldOut">Held-out images, n.</param>
/// <param name="Threshold">The k-th smallest held-out distance.</param>
/// <param name="Count">Generated images that are as near.</param>
/// <param name="Total">Generated images in all, m.</param>
public sealed record CopyShare(double Percentile, int Rank, int HeldOut, double Threshold, int Count, int Total)
{
    /// <summary>Confidence of <see cref="Interval"/>.</summary>
    public const double Confidence = 0.95;

    /// <summary>The share, 0 to 1, that a generator which copies nothing has on average: k / (n + 1).</summary>
    public double Expected => Rank / (HeldOut + 1.0);

    /// <summary>The share of generated images that are as near, 0 to 1.</summary>
    public double Share => Count / (double)Total;

    /// <summary>Its interval, which knows that held-out images are few as well as generated ones (<see cref="BetaBinomialInterval"/>).</summary>
    public Interval Interval => IntervalAt(Confidence);

    /// <summary>The same at another confidence, between 0 and 1.</summary>
    public Interval IntervalAt(double confidence) => BetaBinomialInterval.Estimate(Count, Total, HeldOut, confidence);

    /// <summary>
    /// Counts by the rank nearest to <paramref name="percentile"/> · (n + 1), at least 1. Held-out images as near as the threshold count as nearer: copies
    /// among
    /// them, all at distance 0, must not hide copies among the generated ones.
    /// </summary>
    /// <param name="distances">Of the generated images, at least 1.</param>
    /// <param name="heldOut">Of the held-out images, sorted, at least 1.</param>
    /// <param name="percentile">Between 0 and 1.</param>
    internal static CopyShare Measure(IReadOnlyCollection<double> distances, double[] heldOut, double percentile)
    {
        var nearest = Math.Clamp((int)Math.Round(percentile * (heldOut.Length + 1), MidpointRounding.AwayFromZero), 1, heldOut.Length);
        var threshold = heldOut[nearest - 1];
        return new CopyShare(
            percentile,
            heldOut.Count(distance => distance <= threshold),
            heldOut.Length, threshold,
            distances.Count(distance => distance <= threshold),
            distances.Count);
    }
}

/// <summary>Settings of <see cref="Memorisation"/>.</summary>
public sealed record CopyOptions
{
    /// <summary>Number of closest pairs to list, 0 or more.</summary>
    public int ClosestPairs { get; init; } = 20;

    /// <summary>Resamples for the intervals of <see cref="ClosestRecords"/>; 0 for none.</summary>
    public int Replicates { get; init; } = 1000;

    /// <summary>Seed of the resamples.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads, 0 for one a core; the result does not depend on it.</summary>
    public int Threads { get; init; }
}

/// <summary>A generated image and the training image nearest to it.</summary>
/// <param name="Generated">Number of the generated image.</param>
/// <param name="Training">Number of the training image.</param>
/// <param name="FeatureDistance">Euclidean distance of their features.</param>
/// <param name="Percentile">Share of held-out images, 0 to 1, whose own nearest training image is at most as far.</param>
/// <param name="PixelDistance"><see cref="AlignedPixelDistance"/>, 0 to 255; null when no images were given.</param>
public sealed record ClosePair(int Generated, int Training, double FeatureDistance, double Percentile, double? PixelDistance = null);
