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
    private static readonly string[] s_all = ["frechet", "kernel", "precision", "recall", "density", "coverage", "variety", "likeness", "copies", "vessels", "hues"];

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
        var values = strengths.Select(strength => Measure(Plant(fault, strength))).ToArray();
        foreach (var name in s_all) output.WriteLine($"{fault,-8} {name,-10} {string.Join("  ", values.Select(value => value[name].ToString("0.0000")))}");
        foreach (var expectation in expectations.Split(' '))
        {
            var (name, sign) = (expectation[..^1], expectation[^1] == '+' ? 1 : -1);
            var steps = expectation[^1] == '<' ? [values[0], values[^1]] : values;
            for (var k = 1; k < steps.Length; k++)
                Assert.True(sign * (steps[k][name] - steps[k - 1][name]) > 0, $"{fault}: {name} {steps[k - 1][name]} → {steps[k][name]} at step {k}");
        }
    }

    [Fact]
    public void PerfectGenerator_IsNearTheFloorOfEachMetric()
    {
        var values = Measure(sets.Generated);
        var real = HandFeatures.Of([.. sets.Real, .. sets.Training]);
        var floor = RealFloor.Measure(real, 160, 10, 1);
        Assert.InRange(values["frechet"], floor.Mean - 5 * floor.StandardDeviation, floor.Mean + 5 * floor.StandardDeviation);
        Assert.InRange(values["copies"], 0, 0.15); // 5 % are expected; of 160 that is 8 ± 3, of either side
        Assert.InRange(values["coverage"], 0.85, 1); // 0.97 expected, but eyes come in pairs, which are near to each other
    }

    private RgbImage[] Plant(string fault, double strength) => fault switch
    {
        "blur" => [.. sets.Generated.Select(image => PlantedFault.Blur(image, strength))],
        "noise" => [.. sets.Generated.Select((image, k) => PlantedFault.Noise(image, strength, (ulong)k))],
        "colour" => [.. sets.Generated.Select(image => PlantedFault.TurnHue(image, strength))],
        "modes" => PlantedFault.DropModes(sets.Generated, strength),
        _ => PlantedFault.Copy(sets.Generated, sets.Training, strength),
    };

    private Dictionary<string, double> Measure(RgbImage[] generated)
    {
        FeatureMatrix real = HandFeatures.Of(sets.Real), features = HandFeatures.Of(generated), training = HandFeatures.Of(sets.Training);
        var support = PrecisionRecall.Measure(real, features);
        var density = DensityCoverage.Measure(real, features);
        var figures = PhantomSets.Figures(generated);
        return new()
        {
            ["frechet"] = FrechetDistance.Between(real, features),
            ["kernel"] = KernelDistance.Between(real, features),
            ["precision"] = support.Precision,
            ["recall"] = support.Recall,
            ["density"] = density.Density,
            ["coverage"] = density.Coverage,
            ["variety"] = Diversity.FeatureDistance(features, 4000, 1).Mean,
            ["likeness"] = Diversity.Similarity(generated, 80, 1).Mean,
            ["copies"] = Memorisation.Measure(features, training, real, new CopyOptions(), TestContext.Current.CancellationToken).BelowFifth.Share,
            ["vessels"] = figures.Average(figure => figure.MeanVesselness),
            ["hues"] = HistogramDistance.Circular(Mean(sets.RealFigures), Mean(figures)),
        };
    }

    private static double[] Mean(IEnumerable<FundusStatistics> figures)
    {
        var hues = figures.Select(figure => figure.Hues).ToArray();
        return [.. Enumerable.Range(0, HueHistogram.Bins).Select(bin => hues.Average(one => one[bin]))];
    }
}
