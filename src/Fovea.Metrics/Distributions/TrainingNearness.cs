using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Metrics.Distances;
using Fovea.Metrics.Statistics;

namespace Fovea.Metrics.Distributions;

/// <summary>
/// Distance to closest record (DCR) and nearest neighbour distance ratio (NNDR) as tables of synthetic data are judged by (Zhao et al., "CTAB-GAN", ACML
/// 2021; the ratio is Lowe's, IJCV 2004), each beside the same of held-out images. DCR is the distance to the nearest training image. NNDR is that distance
/// over
/// the one to the second nearest, 0 to 1: near 0 where an image lies on one training image and far from all others, as a copy does.
/// </summary>
/// <param name="Distance">DCR, in the space's unit.</param>
/// <param name="NeighbourRatio">NNDR; null where there are fewer than 2 training images.</param>
public sealed record ClosestRecords(RecordComparison Distance, RecordComparison? NeighbourRatio)
{
    /// <summary>Compares the nearest training images of generated and of held-out images.</summary>
    /// <param name="generated">One or two neighbours of each generated image among the training images.</param>
    /// <param name="heldOut">The same of each held-out image.</param>
    /// <param name="options">Resamples for the intervals, and their seed.</param>
    /// <exception cref="InputException">There are fewer than 2 images of a set.</exception>
    public static ClosestRecords Measure(NeighbourTable generated, NeighbourTable heldOut, CopyOptions options)
    {
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(options);
        var ratio = Math.Min(generated.Count, heldOut.Count) < 2 ? null : RecordComparison.Measure(Ratios(generated), Ratios(heldOut), options);
        return new(RecordComparison.Measure(generated.Column(0), heldOut.Column(0), options), ratio);
    }

    // Two training images at distance 0 are one and the same: neither is nearer than the other.
    private static double[] Ratios(NeighbourTable table) =>
        [.. Enumerable.Range(0, table.Rows).Select(row => table.Distance(row, 1) == 0 ? 1 : table.Distance(row) / table.Distance(row, 1))];
}

/// <summary>A figure of each generated and of each held-out image by its median and its 5th percentile.</summary>
/// <param name="Median">The medians: what usual images have.</param>
/// <param name="Fifth">The 5th percentiles: what the images that are most like a training image have. A few copies show here first.</param>
public sealed record RecordComparison(RecordQuantile Median, RecordQuantile Fifth)
{
    private const double Half = 0.5;
    private const double Least = 0.05;

    // Distances to training images are a number an image: to draw an image twice does no harm, as it does where images of a set are each other's neighbours.
    internal static RecordComparison Measure(IReadOnlyList<double> generated, IReadOnlyList<double> heldOut, CopyOptions options)
    {
        if (Math.Min(generated.Count, heldOut.Count) < 2)
            throw new InputException($"closest records of {generated.Count} generated and {heldOut.Count} held-out images; at least 2 of each are needed");
        double[][] sets = [[.. generated.Order()], [.. heldOut.Order()]];
        var ratios = new (double Median, double Fifth)[options.Replicates];
        Parallel.For(0, ratios.Length, Workers.Of(options.Threads), r =>
        {
            var lists = Bootstrap.Resample([sets[0].Length, sets[1].Length], options.Seed, r);
            double[][] drawn = [Drawn(sets[0], lists[0]), Drawn(sets[1], lists[1])];
            ratios[r] = (Ratio(drawn, Half), Ratio(drawn, Least));
        });
        return new(
            RecordQuantile.Measure(sets, Half, [.. ratios.Select(ratio => ratio.Median)]),
            RecordQuantile.Measure(sets, Least, [.. ratios.Select(ratio => ratio.Fifth)]));
    }

    /// <summary>The values of a list of ranks, sorted.</summary>
    private static double[] Drawn(double[] sorted, int[] list)
    {
        var (weights, drawn, next) = (Bootstrap.Weights(list, sorted.Length), new double[list.Length], 0);
        for (var rank = 0; rank < weights.Length; rank++)
            for (var k = 0; k < weights[rank]; k++) drawn[next++] = sorted[rank];
        return drawn;
    }

    private static double Ratio(double[][] sets, double share) => Quantiles.OfSorted(sets[0], share) / Quantiles.OfSorted(sets[1], share);
}

/// <summary>A quantile of generated images beside that of held-out ones.</summary>
/// <param name="Generated">Of the generated images.</param>
/// <param name="HeldOut">Of held-out real images.</param>
/// <param name="Ratio">Generated over held-out: about 1 of a generator that copies nothing and is like the real images; null where the held-out one is
/// 0.</param>
/// <param name="Interval">Its 95 % bootstrap interval over images of both sets; null where there is no ratio, where none was asked
/// for, and where a resample of the held-out images has none.</param>
public sealed record RecordQuantile(double Generated, double HeldOut, double? Ratio, Interval? Interval)
{
    private const double Tail = 0.025;

    internal static RecordQuantile Measure(double[][] sets, double share, double[] replicates)
    {
        var (ofGenerated, ofHeldOut) = (Quantiles.OfSorted(sets[0], share), Quantiles.OfSorted(sets[1], share));
        if (ofHeldOut == 0) return new(ofGenerated, ofHeldOut, null, null);
        Array.Sort(replicates);
        var hasInterval = replicates.Length > 0 && Array.TrueForAll(replicates, double.IsFinite);
        return new(
            ofGenerated, ofHeldOut, ofGenerated / ofHeldOut, hasInterval
                ? new Interval(Quantiles.OfSorted(replicates, Tail), Quantiles.OfSorted(replicates, 1 - Tail))
                : null);
    }
}

/// <summary>
/// Do the generated images tell who was in the training set? Whoever holds a person's image looks for the generated image nearest to it and guesses from the
/// distance (the attack by distance of Chen et al., "GAN-Leaks", CCS 2020). Training images are the members, held-out images of other persons are not. A
/// generator
/// from which nothing leaks lies as near to the ones as to the others. Both must be of one kind: where training and held-out images come from other
/// cameras, the area tells of the cameras.
/// </summary>
public static class MembershipInference
{
    /// <summary>Compares the nearest generated image of members and of others.</summary>
    /// <param name="members">The nearest generated image of each of at least <see cref="SetSize.Least"/> training images.</param>
    /// <param name="others">The same of at least as many held-out images.</param>
    /// <param name="memberPersons">The person of each training image, by number; null where each is of another.</param>
    /// <param name="otherPersons">The same of the held-out images.</param>
    /// <exception cref="InputException">There are too few images.</exception>
    public static MembershipReport Compare(
        NeighbourTable members, NeighbourTable others, IReadOnlyList<int>? memberPersons = null, IReadOnlyList<int>? otherPersons = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(others);
        foreach (var (name, table) in new[] { ("training", members), ("held-out", others) })
            if (table.Rows < SetSize.Least) throw new InputException($"membership inference: {table.Rows} {name} images; at least {SetSize.Least} are needed");
        double[] near = members.Column(0), far = others.Column(0);
        return new MembershipReport(RocArea.Measure(near, far, memberPersons, otherPersons), near, far);
    }
}

/// <summary>What <see cref="MembershipInference"/> finds.</summary>
/// <param name="Area">Probability that a training image lies nearer to a generated image than a held-out one does: 0.5 where nothing leaks.</param>
/// <param name="MemberDistances">Distance of each training image to the nearest generated image.</param>
/// <param name="OtherDistances">The same of each held-out image.</param>
public sealed record MembershipReport(RocArea Area, IReadOnlyList<double> MemberDistances, IReadOnlyList<double> OtherDistances);
