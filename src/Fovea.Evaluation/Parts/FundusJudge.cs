using Fovea.Core;
using Fovea.Evaluation.Results;
using Fovea.Judges.Images;
using Fovea.Metrics;
using Fovea.Metrics.Fundus;
using Fovea.Metrics.Statistics;

namespace Fovea.Evaluation.Parts;

/// <summary>Figures that have names: colour, vessels, disc, light, generated beside real.</summary>
/// <param name="replicates">Half-samples for intervals.</param>
/// <param name="seed">Seed of the halves.</param>
/// <param name="threads">Threads; 0 for all cores.</param>
internal sealed class FundusJudge(int replicates, ulong seed, int threads)
{
    // Two disjoint halves of the real images, several times.
    private const int FloorSplits = 10;
    // So few images as that have neither a distribution nor halves worth the name.
    private const int LeastImages = 10;
    private static readonly Row[] Rows =
    [
        new(
            "hue",
            "turns",
            "all grey",
            s => s.Hues.Sum() > 0,
            (real, generated) => HistogramDistance.Circular(Mean(real, s => s.Hues), Mean(generated, s => s.Hues)),
            null),
        Row.OfNumber("mean vesselness", "vesselness", s => s.MeanVesselness),
        Row.OfNumber("vessel share", "share of pixels", s => s.VesselShare),
        Row.OfNumber("disc contrast", "of the median", s => s.DiscContrast),
        new(
            "radial brightness", "of full scale", "a ring without pixels", s => s.RadialBrightness.All(double.IsFinite),
            (real, generated) => Enumerable.Range(0, RadialProfile.Rings).Average(ring => Samples(real, generated, s => s.RadialBrightness[ring])), null),
    ];

    /// <summary>Images that have no value of a figure, and so are not in it: a sentence a figure and set.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>Figures that too few images have.</summary>
    public List<Omission> Omissions { get; } = [];

    public FundusJudgement Judge(ImageSet real, ImageSet generated, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var (ofReal, ofGenerated) = (Measure(real, "real", progress, cancellation), Measure(generated, "generated", progress, cancellation));
        var figures = new List<FundusFigure>();
        foreach (var row in Rows)
        {
            var (a, b) = (Defined(row, ofReal, real, "real"), Defined(row, ofGenerated, generated, "generated"));
            if (Math.Min(a.Length, b.Length) >= LeastImages)
            {
                figures.Add(Figure(row, a, b));
            }
            else
            {
                Omissions.Add(
                    new(
                        row.Name,
                        $"{a.Length} of {real.Count} real and {b.Length} of {generated.Count} generated images have a value (the "
                            + $"others: {row.Without}); {LeastImages} of each are needed"));
            }
        }

        FundusStatistics[] With(string name, FundusStatistics[] images) => [.. images.Where(Rows.First(row => row.Name == name).IsDefined)];
        var (hued, lit) = ("hue", "radial brightness");
        return new FundusJudgement(
            figures,
            Mean(With(hued, ofGenerated), s => s.Hues), Mean(With(hued, ofReal), s => s.Hues),
            Mean(With(lit, ofGenerated), s => s.RadialBrightness), Mean(With(lit, ofReal), s => s.RadialBrightness),
            [.. ofGenerated.Select(s => s.VesselShare).Where(double.IsFinite)], [.. ofReal.Select(s => s.VesselShare).Where(double.IsFinite)]);
    }

    private FundusStatistics[] Defined(Row row, FundusStatistics[] images, ImageSet set, string name)
    {
        int[] without = [.. Enumerable.Range(0, images.Length).Where(k => !row.IsDefined(images[k])).Select(k => set.ContentOrder[k]).Order()];
        if (without.Length > 0) LeftOut.Add($"{row.Name}: {set.Named(without, name)} no value ({row.Without}); left out of this figure");
        return [.. images.Where(row.IsDefined)];
    }

    /// <summary>A figure of images that have a value of it.</summary>
    internal FundusFigure Figure(string name, FundusStatistics[] real, FundusStatistics[] generated) =>
        Figure(Rows.First(row => row.Name == name), real, generated);

    private FundusFigure Figure(Row row, FundusStatistics[] real, FundusStatistics[] generated)
    {
        var (floor, atFloor) = AtFloor(row, real, generated);
        var distance = row.Distance(real, generated);
        var error = HalfSamples.StandardErrors(
            [real.Length, generated.Length], lists => [row.Distance(Pick(real, lists[0]), Pick(generated, lists[1]))], replicates, seed, threads)[0];
        return new FundusFigure(
            row.Name, row.Unit, row.Value is { } value ? generated.Average(value) : null, row.Value is { } same ? real.Average(same) : null,
            new Figure(distance, HalfSamples.Around(distance, error, 0)), floor, atFloor);
    }

    private FundusStatistics[] Measure(ImageSet images, string name, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        var pictures = images.Pictures();
        var order = images.ContentOrder;
        var (results, done) = (new FundusStatistics[images.Count], 0);
        var options = Workers.Of(threads, cancellation);
        Parallel.For(0, images.Count, options, k =>
        {
            results[k] = FundusStatistics.Measure(pictures[order[k]]);
            if (Interlocked.Increment(ref done) % 64 == 0) progress?.Report(new ProgressUpdate($"colour and vessels, {name}", done, images.Count, "images"));
        });
        return results;
    }

    // Few images are farther apart for that reason alone: real ones from other real ones, and generated ones from real ones, at equal numbers.
    private (double Floor, double AtFloor) AtFloor(Row row, FundusStatistics[] real, FundusStatistics[] generated)
    {
        var side = Math.Min(real.Length / 2, generated.Length);
        var distances = Enumerable.Range(0, FloorSplits).Select(split =>
        {
            var (order, others) = (Subsample.Order(real.Length, seed, (ulong)split), Subsample.Order(generated.Length, seed, (ulong)split));
            var half = Pick(real, order[..side]);
            return (Floor: row.Distance(half, Pick(real, order[side..(2 * side)])), Own: row.Distance(half, Pick(generated, others[..side])));
        }).ToArray();
        return (distances.Average(pair => pair.Floor), distances.Average(pair => pair.Own));
    }

    private static double Samples(FundusStatistics[] real, FundusStatistics[] generated, Func<FundusStatistics, double> figure) =>
        HistogramDistance.Samples([.. real.Select(figure)], [.. generated.Select(figure)]);

    private static double[] Mean(FundusStatistics[] images, Func<FundusStatistics, IReadOnlyList<double>> curve) =>
        images.Length == 0 ? [] : [.. Enumerable.Range(0, curve(images[0]).Count).Select(k => images.Average(image => curve(image)[k]))];

    private static FundusStatistics[] Pick(FundusStatistics[] images, int[] list) => [.. list.Select(k => images[k])];

    /// <summary>A figure: which images have a value of it, and how far two sets are apart.</summary>
    private sealed record Row(
        string Name, string Unit, string Without, Func<FundusStatistics, bool> IsDefined,
        Func<FundusStatistics[], FundusStatistics[], double> Distance, Func<FundusStatistics, double>? Value)
    {
        public static Row OfNumber(string name, string unit, Func<FundusStatistics, double> value) =>
            new(name, unit, "a black picture", s => double.IsFinite(value(s)), (real, generated) => Samples(real, generated, value), value);
    }
}
