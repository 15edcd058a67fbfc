using Fovea.Core.Errors;
using Fovea.Imaging.Grids;
using Fovea.Metrics.Distances;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// Does a generator copy its training images? Each generated image's distance to the nearest training image is set against the
/// same distance of real images that the training never saw: of a generator that copies nothing, about 1 % lies as
/// near as the nearest 1 % of them (<see cref="CopyShare"/>). Held-out images must be of other persons, or they are near for a reason of their own.
/// </summary>
public static class Memorisation
{
    private const double First = 0.01;
    private const double Fifth = 0.05;

    /// <summary>Compares distances.</summary>
    /// <param name="generated">Features of the generated images.</param>
    /// <param name="training">Features of the training images.</param>
    /// <param name="heldOut">Features of at least <see cref="SetSize.Least"/> real images of other persons.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">There are too few held-out images, or the networks differ.</exception>
    public static MemorisationReport Measure(
        FeatureMatrix generated, FeatureMatrix training, FeatureMatrix heldOut, CopyOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(options);
        // The second nearest is there for the ratio of both distances.
        var count = Math.Min(2, training.Images);
        var near = NeighbourSearch.Across(generated, training, count, options.Threads, cancellation);
        return Compare(near, NeighbourSearch.Across(heldOut, training, count, options.Threads, cancellation), options);
    }

    /// <summary>Compares distances that were measured elsewhere, as <see cref="PixelNeighbours"/> does.</summary>
    /// <param name="near">The nearest training image of each generated one, or the two nearest.</param>
    /// <param name="heldOut">The same of each of at least <see cref="SetSize.Least"/> real images of other persons.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="InputException">There are too few held-out images.</exception>
    public static MemorisationReport Compare(NeighbourTable near, NeighbourTable heldOut, CopyOptions options)
    {
        ArgumentNullException.ThrowIfNull(near);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(options);
        if (heldOut.Rows < SetSize.Least)
            throw new InputException($"memorisation, held-out real images: {heldOut.Rows} images; at least {SetSize.Least} are needed");
        double[] reference = [.. heldOut.Column(0).Order()];
        var closest = Enumerable.Range(0, near.Rows).OrderBy(k => near.Distance(k)).Take(options.ClosestPairs)
            .Select(k => new ClosePair(k, near.Index(k), near.Distance(k), Rank(reference, near.Distance(k))));
        var distances = near.Column(0);
        return new MemorisationReport(
            distances,
            [.. Enumerable.Range(0, near.Rows).Select(row => near.Index(row))],
            reference,
            CopyShare.Measure(distances, reference, First),
            CopyShare.Measure(distances, reference, Fifth),
            [.. closest])
        {
            Records = ClosestRecords.Measure(near, heldOut, options),
        };
    }

    /// <summary>Looks at the listed pairs' pixels as well, which need no network to agree.</summary>
    /// <param name="report">What <see cref="Measure"/> found.</param>
    /// <param name="generated">The generated images.</param>
    /// <param name="training">The training images, of the same size.</param>
    /// <exception cref="InputException">The numbers of images do not fit the report, or the sizes differ.</exception>
    public static MemorisationReport WithPixels(MemorisationReport report, IReadOnlyList<RgbImage> generated, IReadOnlyList<RgbImage> training)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(training);
        if (report.Closest.FirstOrDefault(pair => pair.Generated >= generated.Count) is { } beyond)
        {
            throw new InputException(
                $"memorisation: {generated.Count} generated images, but generated image {beyond.Generated} is of a nearest pair; one each is needed");
        }

        if (report.NearestTraining.Max() >= training.Count)
        {
            throw new InputException(
                $"memorisation: {training.Count} training images, but training image {report.NearestTraining.Max()} is a nearest one; one for "
                    + "each row of features is needed");
        }

        return report with
        {
            Closest = [.. report.Closest.Select(
                pair => pair with { PixelDistance = AlignedPixelDistance.Between(generated[pair.Generated], training[pair.Training]) })],
        };
    }

    private static double Rank(double[] sorted, double distance) => sorted.Count(other => other <= distance) / (double)sorted.Length;
}

/// <summary>What <see cref="Memorisation"/> finds.</summary>
/// <param name="GeneratedDistances">Distance of each generated image to the nearest training image.</param>
/// <param name="NearestTraining">Number of that training image.</param>
/// <param name="HeldOutDistances">Distance of each held-out real image to the nearest training image, sorted.</param>
/// <param name="BelowFirst">Generated images as near as the nearest 1 % of the held-out ones.</param>
/// <param name="BelowFifth">The same for the nearest 5 %.</param>
/// <param name="Closest">The closest pairs, nearest first.</param>
public sealed record MemorisationReport(
    IReadOnlyList<double> GeneratedDistances,
    IReadOnlyList<int> NearestTraining,
    IReadOnlyList<double> HeldOutDistances,
    CopyShare BelowFirst,
    CopyShare BelowFifth,
    IReadOnlyList<ClosePair> Closest)
{
    /// <summary>Distance to closest record and nearest neighbour distance ratio; null where they were not measured.</summary>
    public ClosestRecords? Records { get; init; }

    /// <summary>Whether the generated images tell who was a training image; null where it was not measured.</summary>
    public MembershipReport? Membership { get; init; }
}
