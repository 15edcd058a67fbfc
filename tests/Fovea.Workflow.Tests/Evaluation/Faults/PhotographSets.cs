using Fovea.Imaging.Datasets;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;
using Fovea.Judges.Features;
using Fovea.Judges.Images;
using Fovea.Metrics;
using Fovea.Metrics.Fundus;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Evaluation.Faults;

/// <summary>Images of three groups of persons at 64 px, read once for a test class: photographs where there are any, phantoms elsewhere.</summary>
public sealed class PhotographSets : IDisposable
{
    internal const int Side = 64;
    private const int Count = 160;
    private readonly IFeatureNetwork _network = FeatureNetworks.Open(FeatureNetworks.Shipped, threads: 1);

    public PhotographSets()
    {
        var groups = SharedPhotographs.Find("fundus") is { } folder ? Photographs(folder) : [.. Enumerable.Range(11, 3).Select(seed => Phantoms((ulong)seed))];
        (Real, Generated, Training) = (groups[0], groups[1], groups[2]);
        (RealFeatures, GeneratedFeatures, TrainingFeatures) = (FeaturesOf(Real), FeaturesOf(Generated), FeaturesOf(Training));
        RealFigures = [.. Real.AsParallel().AsOrdered().Select(FundusStatistics.Measure)];
    }

    /// <summary>What stands for held-out real images.</summary>
    public RgbImage[] Real { get; }

    /// <summary>The figures of the real images.</summary>
    public FundusStatistics[] RealFigures { get; }

    /// <summary>What stands for generated images before a fault: a perfect generator.</summary>
    public RgbImage[] Generated { get; }

    /// <summary>What stands for training images.</summary>
    public RgbImage[] Training { get; }

    /// <summary>What the shipped network sees in the real images.</summary>
    public FeatureMatrix RealFeatures { get; }

    /// <summary>What it sees in the generated images without a fault.</summary>
    public FeatureMatrix GeneratedFeatures { get; }

    /// <summary>What it sees in the training images.</summary>
    public FeatureMatrix TrainingFeatures { get; }

    /// <summary>What it sees in other images.</summary>
    public FeatureMatrix FeaturesOf(RgbImage[] images) => new FeatureSource(_network, new FeatureCache(null), null)
        .Extract(new ImageSet("test", "all", Side, [.. images.Select(image => image.Pixels)], [], [], [], []), TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private static RgbImage[][] Photographs(string folder)
    {
        // One eye a person, every third person a group: nobody is in two of them.
        var groups = Files(Path.Combine(folder, "manifest.csv")).Take(3 * Count).Select((file, k) => (Group: k % 3, File: file));
        var read = groups.AsParallel().AsOrdered()
            .Select(image => (image.Group, Pixels: new FramedPictureReader(Side).Read(Path.Combine(folder, image.File), out _))).ToArray();
        return [.. Enumerable.Range(0, 3).Select(group =>
            read.Where(image => image.Group == group && image.Pixels is not null).Select(image => new RgbImage(Side, Side, image.Pixels!)).ToArray())];
    }

    private static RgbImage[] Phantoms(ulong seed) => [.. Enumerable.Range(0, Count).AsParallel().AsOrdered()
        .Select(index => new RgbImage(Side, Side, PhantomRenderer.Render(PhantomParameters.Sample(seed, index), Side)))];

    private static string[] Files(string manifest)
    {
        using var reader = new StreamReader(manifest);
        var rows = CsvReader.Read(reader).ToArray();
        int Column(string name) => Array.IndexOf(rows[0], name);
        return [.. rows.Skip(1)
            .Where(row => row[Column("dataset")] == "odir5k" && row[Column("quality")].Length == 0)
            .GroupBy(row => row[Column("patient")])
            .Select(eyes => eyes.First()[Column("file")])];
    }
}
