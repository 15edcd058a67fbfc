using Fovea.Imaging.Grids;
using Fovea.Metrics;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Fundus;

namespace Fovea.Tests.Metrics.Faults;

/// <summary>
/// The table metric × fault × strength: a metric that is said to see a fault moves the right way with each step of its strength.
/// </summary>
public sealed class MetamorphicTests(PhantomSets sets, ITestOutputHelper output) : IClassFixture<PhantomSets>
{
    public static TheoryData<string, double[], string> Table => new()
    {
        // + : the metric rises with every step; − : it falls; < : it falls from the first strength to the last. A metric that is not
        // named may do as it likes. Steps are larger than what 160 images hide. Recall does not see lost modes until few are left: the
        // balls of the images that remain grow and hold the lost ones, which is why coverage has balls around real images only.
        { "blur", [0, 0.6, 1, 2], "frechet+ kernel+ precision- density- coverage- vessels-" },
        { "noise", [0, 6, 12, 25], "frechet+ kernel+ precision- density- coverage- likeness-" },
        { "colour", [0, 0.04, 0.1, 0.25], "frechet+ kernel+ precision- density- coverage- hues+" },
        { "modes", [0, 0.4, 0.7, 1], "frechet+ kernel+ recall< coverage- variety- likeness+" },
        { "copying", [0, 0.1, 0.4, 1], "copies+" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Metrics_UnderAFault_MoveTheRightWay(string fault, double[] strengths, string expectations)
    {
        // At strength 0 the images are those without a fault.
        var planted = strengths.Select(strength => strength == 0 ? sets.Generated : Plant(fault, strength))
            .Select(images => (Images: images, Features: HandFeatures.Of(images))).ToArray();
        foreach (var (name, sign) in expectations.Split(' ').Select(part => (part[..^1], part[^1])))
        {
            var values = planted.Select(one => Measure(name, one.Images, one.Features)).ToArray();
            output.WriteLine($"{fault,-8} {name,-10} {string.Join("  ", values.Select(value => value.ToString("0.0000")))}");
            var steps = sign == '<' ? [values[0], values[^1]] : values;
            for (var k = 1; k < steps.Length; k++)
                Assert.True((sign == '+' ? 1 : -1) * (steps[k] - steps[k - 1]) > 0, $"{fault}: {name} {steps[k - 1]} → {steps[k]} at step {k}");
        }
    }

    [Fact]
    public void PerfectGenerator_IsNearTheFloorOfEachMetric()
    {
        var features = HandFeatures.Of(sets.Generated);
        double Value(string name) => Measure(name, sets.Generated, features);
        var real = HandFeatures.Of([.. sets.Real, .. sets.Training]);
        var floor = RealFloor.Measure(real, 160, 10, 1);
        Assert.InRange(Value("frechet"), floor.Mean - 5 * floor.StandardDeviation, floor.Mean + 5 * floor.StandardDeviation);
        Assert.InRange(Value("copies"), 0, 0.15); // 5 % are expected; of 160 that is 8 ± 3, of either side
        Assert.InRange(Value("coverage"), 0.85, 1); // 0.97 expected, but eyes come in pairs, which are near to each other
    }

    private RgbImage[] Plant(string fault, double strength) => fault switch
    {
        "blur" => [.. sets.Generated.Select(image => PlantedFault.Blur(image, strength))],
        "noise" => [.. sets.Generated.Select((image, k) => PlantedFault.Noise(image, strength, (ulong)k))],
        "colour" => [.. sets.Generated.Select(image => PlantedFault.TurnHue(image, strength))],
        "modes" => PlantedFault.DropModes(sets.Generated, strength),
        _ => PlantedFault.Copy(sets.Generated, sets.Training, strength),
    };

    private double Measure(string name, RgbImage[] generated, FeatureMatrix features) => name switch
    {
        "frechet" => FrechetDistance.Between(sets.RealFeatures, features),
        "kernel" => KernelDistance.Between(sets.RealFeatures, features),
        "precision" => PrecisionRecall.Measure(sets.RealFeatures, features).Precision,
        "recall" => PrecisionRecall.Measure(sets.RealFeatures, features).Recall,
        "density" => DensityCoverage.Measure(sets.RealFeatures, features).Density,
        "coverage" => DensityCoverage.Measure(sets.RealFeatures, features).Coverage,
        "variety" => Diversity.FeatureDistance(features, 4000, 1).Mean,
        "likeness" => Diversity.Similarity(generated, 80, 1).Mean,
        "copies" => Memorisation.Measure(features, sets.TrainingFeatures, sets.RealFeatures, new CopyOptions(), TestContext.Current.CancellationToken)
            .BelowFifth.Share,
        "vessels" => PhantomSets.Figures(generated).Average(figure => figure.MeanVesselness),
        "hues" => HistogramDistance.Circular(Mean(sets.RealFigures), Mean(PhantomSets.Figures(generated))),
        _ => throw new ArgumentException($"{name} is not in the table", nameof(name)),
    };

    private static double[] Mean(IEnumerable<FundusStatistics> figures)
    {
        var hues = figures.Select(figure => figure.Hues).ToArray();
        return [.. Enumerable.Range(0, HueHistogram.Bins).Select(bin => hues.Average(one => one[bin]))];
    }
}
