using Fovea.Core;
using Fovea.Core.Errors;

namespace Fovea.Metrics.Statistics;

/// <summary>
/// The bootstrap of a mean over trainings (seeds) and images, both of which are samples: image k of every training began from the same
/// noise, so that rows and columns cross (Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 2007). A replicate draws seeds, and
/// one list of images for all of them, and adds what each of both moves the mean by. Drawing both at once would count the scatter of single
/// values three times. A few seeds drawn from themselves scatter too little and in too narrow a form: what the seeds move the mean by is
/// stretched by √(n/(n−1))·t/z (the correction of Hesterberg, "What teachers should know about the bootstrap", American Statistician 2015).
/// The scatter of single images comes in by the seeds and by the images, which makes the interval rather too wide. Of two or three seeds its ends
/// are single values all the same, and where seeds scatter much it is somewhat too narrow.
/// </summary>
public static class TwoLevelBootstrap
{
    /// <summary>The mean of a table of values, as of differences between two arms [seeds][images].</summary>
    /// <param name="values">A row a seed, equally long, at least 2 images. With one seed the interval is over images alone.</param>
    /// <param name="options">Settings; there is no BCa interval.</param>
    /// <exception cref="InputException">The table or a setting breaks its rule.</exception>
    public static BootstrapResult Estimate(IReadOnlyList<IReadOnlyList<double>> values, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Check(values);
        var images = values[0].Count;
        double[] bySeed = [.. values.Select(row => row.Average())];
        double[] byImage = [.. Enumerable.Range(0, images).Select(k => values.Average(row => row[k]))];
        var estimate = bySeed.Average();
        var stretch = Stretch(values.Count, options.Confidence);
        var replicates = new double[options.Replicates];
        var parallel = Workers.Of(options.Threads);
        Parallel.For(0, replicates.Length, parallel, r =>
        {
            var lists = Bootstrap.Resample([values.Count, images], options.Seed, r);
            replicates[r] = estimate + stretch * (Mean(bySeed, lists[0]) - estimate) + (Mean(byImage, lists[1]) - estimate);
        });
        return Summary(estimate, replicates, options.Confidence);
    }

    private static void Check(IReadOnlyList<IReadOnlyList<double>> values)
    {
        if (values.Count == 0) throw new InputException("bootstrap over seeds and images: no seed; at least 1 is needed");
        foreach (var row in values)
        {
            if (row.Count < 2 || row.Count != values[0].Count)
            {
                throw new InputException(
                    $"bootstrap over seeds and images: rows of {values[0].Count} and {row.Count} images; as many in each and at least 2 are needed");
            }

            PairedDifferences.RequireFinite(row);
        }
    }

    private static double Stretch(int seeds, double confidence) => seeds == 1
        ? 0
        : Math.Sqrt(seeds / (seeds - 1.0)) * StudentInterval.Quantile(seeds - 1, confidence) / NormalQuantile.TwoSided(confidence);

    private static double Mean(double[] values, int[] list)
    {
        var sum = 0.0;
        foreach (var k in list) sum += values[k];
        return sum / list.Length;
    }

    private static BootstrapResult Summary(double estimate, double[] replicates, double confidence)
    {
        Array.Sort(replicates);
        var mean = replicates.Average();
        var error = Spread.Deviation(replicates, mean);
        var tail = (1 - confidence) / 2;
        var interval = new Interval(Quantiles.OfSorted(replicates, tail), Quantiles.OfSorted(replicates, 1 - tail));
        return new BootstrapResult(estimate, error, interval, null, replicates);
    }
}
