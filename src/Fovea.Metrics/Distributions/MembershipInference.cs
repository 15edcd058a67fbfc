using Fovea.Core.Errors;
using Fovea.Metrics.Distances;
using Fovea.Metrics.Statistics;

namespace Fovea.Metrics.Distributions;

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
