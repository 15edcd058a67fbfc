using Fovea.Judging.Features;
using Fovea.Judging.Images;
using Fovea.Judging.Results;
using Fovea.Metrics.Distributions;

namespace Fovea.Judging.Assessment;

/// <summary>Nearness of generated images to training images, by features and by pixels.</summary>
/// <param name="threads">Threads; 0 for all cores.</param>
internal sealed class CopyJudge(int threads)
{
    /// <summary>Name of the space of pixels.</summary>
    public const string Pixels = "pixels";

    private readonly CopyOptions _options = new() { Threads = threads };

    /// <summary>By the features that are finite; pairs are told by the images' numbers in their sets.</summary>
    public MemorisationJudgement ByFeatures(ImageFeatures generated, ImageFeatures training, ImageFeatures heldOut, CancellationToken cancellation)
    {
        var ((ofGenerated, images), (ofTraining, known)) = (generated.InOrder(), training.InOrder());
        var report = Memorisation.Measure(ofGenerated, ofTraining, heldOut.Matrix!, _options, cancellation);
        return new(ofGenerated.Network, report with
        {
            NearestTraining = [.. report.NearestTraining.Select(row => known[row])],
            Closest = [.. report.Closest.Select(pair => pair with { Generated = images[pair.Generated], Training = known[pair.Training] })],
        });
    }

    public MemorisationJudgement ByPixels(ImageSet generated, ImageSet training, ImageSet heldOut, CancellationToken cancellation)
    {
        var among = training.Pictures();
        var near = PixelNeighbours.Across(generated.Pictures(), among, threads, cancellation);
        var report = Memorisation.Compare(near, PixelNeighbours.Across(heldOut.Pictures(), among, threads, cancellation), _options);
        return new(Pixels, report with { Closest = [.. report.Closest.Select(pair => pair with { PixelDistance = pair.FeatureDistance })] });
    }

    /// <summary>The same judgement with the pixel distances of its closest pairs, unless it has them.</summary>
    public static MemorisationJudgement WithPixels(MemorisationJudgement judgement, ImageSet generated, ImageSet training) =>
        judgement.Report.Closest.All(pair => pair.PixelDistance is not null)
            ? judgement
            : judgement with { Report = Memorisation.WithPixels(judgement.Report, generated.Pictures(), training.Pictures()) };
}
