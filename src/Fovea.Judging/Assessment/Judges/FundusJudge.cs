using Fovea.Core.Progress;
using Fovea.Evaluation.Fundus;
using Fovea.Evaluation.Statistics;
using Fovea.Judging.Assessment.Images;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Assessment.Judges;

/// <summary>Figures that have names: colour, vessels, disc, light, generated beside real.</summary>
/// <param name="replicates">Half-samples for intervals.</param>
/// <param name="seed">Seed of the halves.</param>
/// <param name="threads">Threads; 0 for all cores.</param>
internal sealed class FundusJudge(int replicates, ulong seed, int threads)
{
    // Two disjoint halves of the real images, several times.
    private const int FloorSplits = 10;
    private static readonly (string Name, string Unit)[] Rows =
    [
        ("hue", "turns"), ("mean vesselness", "vesselness"), ("vessel share", "share of pixels"), ("disc contrast", "of the median"), ("radial brightness", "of full scale"),
    ];

    public FundusJudgement Judge(ImageSet real, ImageSet generated, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var (ofReal, ofGenerated) = (Measure(real, "real", progress, cancellation), Measure(generated, "generated", progress, cancellation));
        var distances = Distances(ofReal, ofGenerated);
        var errors = HalfSamples.StandardErrors(
            [real.Count, generated.Count], lists => Distances(Pick(ofReal, lists[0]), Pick(ofGenerated, lists[1])), replicates, seed, threads);
        var floors = Floors(ofReal);
        return new FundusJudgement(
            [.. Rows.Select((row, k) => new FundusFigure(
                row.Name, row.Unit, MeanOf(ofGenerated, k), MeanOf(ofReal, k), new Figure(distances[k], HalfSamples.Around(distances[k], errors[k], 0)), floors[k]))],
            Mean(ofGenerated, s => s.Hues), Mean(ofReal, s => s.Hues), Mean(ofGenerated, s => s.RadialBrightness), Mean(ofReal, s => s.RadialBrightness),
            [.. ofGenerated.Select(s => s.VesselShare)], [.. ofReal.Select(s => s.VesselShare)]);
    }

    private FundusStatistics[] Measure(ImageSet images, string name, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var pictures = images.Pictures();
        var (results, done) = (new FundusStatistics[images.Count], 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, images.Count, options, k =>
        {
            results[k] = FundusStatistics.Of(pictures[k]);
            if (Interlocked.Increment(ref done) % 64 == 0) progress?.Report(new ProgressUpdate($"colour and vessels, {name}", done, images.Count, "images"));
        });
        return results;
    }

    private double[] Floors(FundusStatistics[] real)
    {
        var sums = new double[Rows.Length];
        for (var split = 0; split < FloorSplits; split++)
        {
            var order = Evaluation.Features.Subsample.Order(real.Length, seed, (ulong)split);
            var half = Distances(Pick(real, order[..(real.Length / 2)]), Pick(real, order[(real.Length / 2)..]));
            for (var k = 0; k < sums.Length; k++) sums[k] += half[k] / FloorSplits;
        }

        return sums;
    }

    /// <summary>In the order of <see cref="Rows"/>.</summary>
    private static double[] Distances(FundusStatistics[] real, FundusStatistics[] generated) =>
    [
        HistogramDistance.Circular(Mean(real, s => s.Hues), Mean(generated, s => s.Hues)),
        Samples(real, generated, s => s.MeanVesselness),
        Samples(real, generated, s => s.VesselShare),
        Samples(real, generated, s => s.DiscContrast),
        Enumerable.Range(0, RadialProfile.Rings).Average(ring => Samples(real, generated, s => s.RadialBrightness[ring])),
    ];

    private static double Samples(FundusStatistics[] real, FundusStatistics[] generated, Func<FundusStatistics, double> figure) =>
        HistogramDistance.Samples([.. real.Select(figure)], [.. generated.Select(figure)]);

    private static double? MeanOf(FundusStatistics[] images, int row) => row switch
    {
        1 => images.Average(s => s.MeanVesselness),
        2 => images.Average(s => s.VesselShare),
        3 => images.Average(s => s.DiscContrast),
        _ => null,
    };

    private static double[] Mean(FundusStatistics[] images, Func<FundusStatistics, IReadOnlyList<double>> curve) =>
        [.. Enumerable.Range(0, curve(images[0]).Count).Select(k => images.Average(image => curve(image)[k]))];

    private static FundusStatistics[] Pick(FundusStatistics[] images, int[] list) => [.. list.Select(k => images[k])];
}
