using Fovea.Evaluation.Results;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Metrics.Distances;
using Fovea.Metrics.Distributions;

namespace Fovea.Evaluation.Parts;

/// <summary>Nearness of generated images to training images, by features and by pixels, and whether it tells who was trained on.</summary>
/// <param name="membership">Whether training images are told from held-out ones by the generated images.</param>
/// <param name="seed">Seed of samples and intervals.</param>
/// <param name="threads">Threads; 0 for all cores.</param>
internal sealed class CopyJudge(bool membership, ulong seed, int threads)
{
    /// <summary>Name of the space of pixels.</summary>
    public const string Pixels = "pixels";

    // By pixels an image takes a millisecond.
    private const int MostMembers = 1000;

    private readonly CopyOptions _options = new() { Threads = threads, Seed = seed };

    /// <summary>Spaces in which membership could not be measured, and why.</summary>
    public List<Omission> Omissions { get; } = [];

    /// <summary>By the features that are finite; pairs are told by the images' numbers in their sets.</summary>
    /// <param name="features">The features of generated, training and held-out images.</param>
    /// <param name="training">The training images.</param>
    /// <param name="heldOut">The held-out images.</param>
    /// <param name="cancellation">Stops it.</param>
    public MemorisationJudgement ByFeatures(
        (ImageFeatures Generated, ImageFeatures Training, ImageFeatures HeldOut) features, ImageSet training, ImageSet heldOut, CancellationToken cancellation)
    {
        var ((ofGenerated, images), (ofTraining, known)) = (features.Generated.InOrder(), features.Training.InOrder());
        var report = Memorisation.Measure(ofGenerated, ofTraining, features.HeldOut.Matrix!, _options, cancellation);
        return new(ofGenerated.Network, report with
        {
            NearestTraining = [.. report.NearestTraining.Select(row => known[row])],
            Closest = [.. report.Closest.Select(pair => pair with { Generated = images[pair.Generated], Training = known[pair.Training] })],
            Membership = Membership(
                ofGenerated.Network, known.Length,
                () => (
                    NeighbourSearch.Across(ofTraining, ofGenerated, 1, threads, cancellation),
                    NeighbourSearch.Across(features.HeldOut.Matrix!, ofGenerated, 1, threads, cancellation)),
                [.. known.Select(k => training.Persons[k])], [.. features.HeldOut.Images.Select(k => heldOut.Persons[k])]),
        });
    }

    /// <summary>By pixels.</summary>
    public MemorisationJudgement ByPixels(ImageSet generated, ImageSet training, ImageSet heldOut, CancellationToken cancellation)
    {
        var (drawn, among, others) = (generated.Pictures(), training.Pictures(), heldOut.Pictures());
        var near = PixelNeighbours.Across(drawn, among, threads, cancellation);
        var report = Memorisation.Compare(near, PixelNeighbours.Across(others, among, threads, cancellation), _options);
        var (members, rest) = (Some(training), Some(heldOut));
        return new(Pixels, report with
        {
            Closest = [.. report.Closest.Select(pair => pair with { PixelDistance = pair.FeatureDistance })],
            Membership = Membership(
                Pixels, members.Length,
                () => (
                    PixelNeighbours.Across([.. members.Select(k => among[k])], drawn, threads, cancellation),
                    PixelNeighbours.Across([.. rest.Select(k => others[k])], drawn, threads, cancellation)),
                [.. members.Select(k => training.Persons[k])], [.. rest.Select(k => heldOut.Persons[k])]),
        });
    }

    /// <summary>The same judgement with the pixel distances of its closest pairs, unless it has them.</summary>
    public static MemorisationJudgement WithPixels(MemorisationJudgement judgement, ImageSet generated, ImageSet training) =>
        judgement.Report.Closest.All(pair => pair.PixelDistance is not null)
            ? judgement
            : judgement with { Report = Memorisation.WithPixels(judgement.Report, generated.Pictures(), training.Pictures()) };

    private MembershipReport? Membership(string space, int images, Func<(NeighbourTable Members, NeighbourTable Others)> measure, int[] members, int[] others)
    {
        if (!membership) return null;
        if (images < SetSize.Least)
        {
            Omissions.Add(new($"membership by {space}", $"{images} training images; {SetSize.Least} are needed"));
            return null;
        }

        var (near, far) = measure();
        return MembershipInference.Compare(near, far, members, others);
    }

    private int[] Some(ImageSet images) => SetSample.Choose(images.Hashes, new int[images.Count], MostMembers, seed);
}
