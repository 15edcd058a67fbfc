using Fovea.Imaging.Grids;
using Fovea.Metrics;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Fundus;
using Fovea.Tests.Metrics.Faults;

namespace Fovea.Tests.Evaluation.Faults;

/// <summary>
/// The table metric × fault × strength with the shipped network, on photographs where there are any and on phantoms elsewhere: what is said to see a fault
/// moves the right way with each step of its strength. The same table with features made by hand is in the tests without tensors.
/// </summary>
[Trait("Needs", "outside")]
public sealed class PhotographFaultTests(PhotographSets sets, ITestOutputHelper output) : IClassFixture<PhotographSets>
{
    public static TheoryData<string, double[], string> Table => new()
    {
        // + : rises with every step; − : falls; < and > : falls and rises from the first strength to the last. The smallest steps are larger than what
        // 160 images hide. Recall does not see lost modes until few are left, which is why coverage has balls around real images only.
        { "blur", [0, 1, 4], "frechet+ kernel+ coverage< vessels-" },
        { "noise", [0, 8, 40], "frechet+ kernel+ coverage< likeness-" },
        { "colour", [0, 0.05, 0.3], "frechet+ kernel+ coverage< hues+" },
        { "modes", [0, 0.4, 1], "frechet+ kernel+ recall< coverage- variety- likeness>" },
        { "copying", [0, 0.1, 1], "copies+ pixels+" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Metrics_UnderAFault_MoveTheRightWay(string fault, double[] strengths, string expectations)
    {
        var (real, training) = (sets.RealFeatures, sets.TrainingFeatures);
        // At strength 0 the images are those without a fault, whose features are the same in every row.
        var planted = strengths.Select(strength => (Images: Plant(fault, strength), strength))
            .Select(one => (one.Images, Features: one.strength == 0 ? sets.GeneratedFeatures : sets.FeaturesOf(one.Images))).ToArray();
        foreach (var (name, sign) in expectations.Split(' ').Select(part => (part[..^1], part[^1])))
        {
            var values = planted.Select(one => Measure(name, real, one.Features, training, one.Images)).ToArray();
            output.WriteLine($"| {fault} | {name} | {string.Join(" | ", values.Select(value => value.ToString("0.0000")))} |");
            var steps = sign is '<' or '>' ? [values[0], values[^1]] : values;
            for (var k = 1; k < steps.Length; k++)
                Assert.True((sign is '+' or '>' ? 1 : -1) * (steps[k] - steps[k - 1]) > 0, $"{fault}: {name} {steps[k - 1]} → {steps[k]} at step {k}");
        }
    }

    private RgbImage[] Plant(string fault, double strength) => fault switch
    {
        "blur" => [.. sets.Generated.AsParallel().AsOrdered().Select(image => PlantedFault.Blur(image, strength))],
        "noise" => [.. sets.Generated.Select((image, k) => PlantedFault.Noise(image, strength, (ulong)k))],
        "colour" => [.. sets.Generated.Select(image => PlantedFault.TurnHue(image, strength))],
        "modes" => PlantedFault.DropModes(sets.Generated, strength),
        _ => PlantedFault.Copy(sets.Generated, sets.Training, strength),
    };

    private double Measure(string name, FeatureMatrix real, FeatureMatrix features, FeatureMatrix training, RgbImage[] generated) => name switch
    {
        "frechet" => FrechetDistance.Between(real, features),
        "kernel" => KernelDistance.Between(real, features),
        "recall" => PrecisionRecall.Measure(real, features).Recall,
        "coverage" => DensityCoverage.Measure(real, features).Coverage,
        "variety" => Diversity.FeatureDistance(features, 4000, 1).Mean,
        "likeness" => Diversity.Similarity(generated, 400, 1).Mean,
        "copies" => Memorisation.Measure(features, training, real, new CopyOptions(), TestContext.Current.CancellationToken).BelowFifth.Share,
        "pixels" => Memorisation.Compare(Nearest(generated), Nearest(sets.Real), new CopyOptions()).BelowFifth.Share,
        "vessels" => FiguresOf(generated).Average(figure => figure.MeanVesselness),
        "hues" => HistogramDistance.Circular(Hues(sets.RealFigures), Hues(FiguresOf(generated))),
        _ => throw new ArgumentException($"{name} is not in the table", nameof(name)),
    };

    private static FundusStatistics[] FiguresOf(RgbImage[] images) => [.. images.AsParallel().AsOrdered().Select(FundusStatistics.Measure)];

    private Fovea.Metrics.Distances.NeighbourTable Nearest(RgbImage[] images) =>
        PixelNeighbours.Across(images, sets.Training, 0, TestContext.Current.CancellationToken);

    private static double[] Hues(IEnumerable<FundusStatistics> figures)
    {
        var hues = figures.Select(figure => figure.Hues).ToArray();
        return [.. Enumerable.Range(0, HueHistogram.Bins).Select(bin => hues.Average(one => one[bin]))];
    }
}
