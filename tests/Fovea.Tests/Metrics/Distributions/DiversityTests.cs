using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Imaging.Grids;
using Fovea.Metrics.Distributions;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class DiversityTests
{
    [Theory]
    // Reference/metrics.py, double on both sides.
    [InlineData(24, 0.983091831054)]
    [InlineData(64, 0.961255880565)]
    [InlineData(180, 0.947442727515)]
    public void MultiScale_FixedImages_MatchesAnIndependentProgram(int side, double expected) =>
        Assert.Equal(expected, new MultiScaleSimilarity(side, side).Measure(Pattern(side, 2), Pattern(side, 3)), 1e-10);

    [Theory]
    [InlineData(11, 13, 1)]
    [InlineData(25, 22, 2)]
    [InlineData(47, 45, 3)]
    public void MultiScale_Noise_MatchesTheSlowTwin(int width, int height, int scales)
    {
        var (a, b) = (Noise(width, height, 1), Noise(width, height, 2));
        var mixed = new RgbImage(width, height, [.. a.Pixels.Zip(b.Pixels, (x, y) => (byte)((3 * x + y) / 4))]);
        var similarity = new MultiScaleSimilarity(width, height);
        Assert.Equal(scales, similarity.Weights.Count);
        Assert.Equal(SlowSimilarity.Of(a, mixed, scales), similarity.Measure(a, mixed), 1e-10); // moments about 0 lose three of 16 digits
    }

    [Fact]
    public void MultiScale_KnownCases()
    {
        var (image, similarity) = (Pattern(64, 5), new MultiScaleSimilarity(64, 64));
        Assert.Equal(1, similarity.Measure(image, image), 1e-12);
        Assert.Equal(similarity.Measure(image, Noise(64, 64, 1)), similarity.Measure(Noise(64, 64, 1), image), 1e-12);
        // The negative image has the opposite structure: 0.
        Assert.Equal(0, similarity.Measure(Noise(64, 64, 3), new RgbImage(64, 64, [.. Noise(64, 64, 3).Pixels.Select(pixel => (byte)(255 - pixel))])));
        // Two flat images differ in luminance alone, with the coarsest of 3 scales' weight.
        var luminance = (2.0 * 100 * 120 + 6.5025) / (100 * 100 + 120 * 120 + 6.5025);
        Assert.Equal(Math.Pow(luminance, 0.3001 / (0.0448 + 0.2856 + 0.3001)), similarity.Measure(Flat(100), Flat(120)), 1e-10);
    }

    [Theory]
    [InlineData(64, 3)]
    [InlineData(128, 4)]
    [InlineData(175, 4)]
    [InlineData(176, 5)]
    [InlineData(512, 5)]
    public void MultiScale_Weights_AreWangsOverTheScalesThatFit(int side, int scales)
    {
        var weights = new MultiScaleSimilarity(side, side).Weights;
        Assert.Equal(scales, weights.Count);
        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.Equal(0.2856 / 0.0448, weights[1] / weights[0], 1e-12);
    }

    [Fact]
    public void MultiScale_TooSmallOrUnequal_IsRefused()
    {
        Assert.Equal(
            "structural similarity: images of 10×64 pixels; at least 11 a side are needed",
            Assert.Throws<InputException>(() => new MultiScaleSimilarity(10, 64)).Message);
        Assert.Throws<InputException>(() => Diversity.Similarity([Flat(1), Noise(32, 32, 1)], 1, 0));
        Assert.Throws<InputException>(() => new MultiScaleSimilarity(32, 32).Measure(Flat(1), Flat(1)));
    }

    [Fact]
    public void Similarity_CopiesOfOneImage_IsOne()
    {
        var image = Pattern(32, 4);
        Assert.Equal(1, Diversity.Similarity([image, image, image], 10, 1).Mean, 1e-12);
        var images = Enumerable.Range(0, 8).Select(k => Noise(32, 32, (ulong)k)).ToArray();
        var result = Diversity.Similarity(images, 12, 1);
        Assert.Equal(12, result.Pairs);
        Assert.Equal(result, Diversity.Similarity(images, 12, 1, threads: 1));
    }

    [Fact]
    public void FeatureDistance_AllPairs_IsTheirMean()
    {
        Assert.Equal((3 + 4 + 5) / 3.0, Diversity.FeatureDistance(TestFeatures.Of([0, 0, 3, 0, 0, 4], 2), 100, 1).Mean, 1e-12);
        // Two independent standard normal numbers: E|x − y| = 2 / √π; 2,000 pairs of 400 images know it to about 2 %.
        Assert.Equal(2 / Math.Sqrt(Math.PI), Diversity.FeatureDistance(TestFeatures.Normal(400, 1, 3), 2000, 1).Mean, 0.07);
    }

    [Fact]
    public void RandomPairs_AreSeededAndDifferent()
    {
        var pairs = RandomPairs.Draw(30, 100, 4);
        Assert.Equal(100, pairs.Count);
        Assert.All(pairs, pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(pairs, RandomPairs.Draw(30, 100, 4));
        Assert.Equal(435, RandomPairs.Draw(30, 500, 4).Distinct().Count());
        Assert.Throws<InputException>(() => RandomPairs.Draw(1, 5, 0));
    }

    /// <summary>The picture of image() in Reference/metrics.py.</summary>
    private static RgbImage Pattern(int side, int salt)
    {
        var pixels = new byte[side * side * 3];
        for (var k = 0; k < pixels.Length; k++)
        {
            var (c, x, y) = (k % 3, k / 3 % side * 24 / side, k / 3 / side * 24 / side);
            pixels[k] = (byte)((x * x * 3 + y * y * 5 + x * y * salt + c * 40 + x * 7) / 16 % 256);
        }

        return new RgbImage(side, side, pixels);
    }

    private static RgbImage Noise(int width, int height, ulong seed)
    {
        var random = new CounterRandom(seed, 5);
        var pixels = new byte[width * height * 3];
        for (var k = 0; k < pixels.Length; k++) pixels[k] = (byte)random.NextInt(256);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage Flat(byte value) => new(64, 64, [.. Enumerable.Repeat(value, 64 * 64 * 3)]);
}
