using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Metrics;
using Fovea.Metrics.Distributions;
using Fovea.Metrics.Statistics;

namespace Fovea.Tests.Metrics.Distributions;

public sealed class LinearDiscriminantTests
{
    // Three normal clouds of unit variance, five apart along two axes: the best line between two of them is wrong about one image in 160.
    [Fact]
    public void Classify_CloudsFarApart_TellsThemAndTheMiddleOneToo()
    {
        var (features, labels) = Clouds(seed: 1, [0, 0], [5, 0], [10, 0]);
        var discriminant = LinearDiscriminant.Fit(features, labels, 3);
        var (others, known) = Clouds(seed: 2, [0, 0], [5, 0], [10, 0]);
        var seen = discriminant.Classify(others);
        Assert.InRange(known.Zip(seen).Count(pair => pair.First == pair.Second) / (double)known.Length, 0.97, 1);
        Assert.Equal(seen, discriminant.Classify(others));
    }

    // Axes of very different scales, and one that never changes: what counts is distance in standard deviations.
    [Fact]
    public void Classify_RescaledFeatures_SeesTheSame()
    {
        var (features, labels) = Clouds(seed: 1, [0, 0], [3, 1]);
        var scaled = Map(features, row => [1000 * row[0], row[1] / 1000, 7]);
        var plain = Map(features, row => [row[0], row[1], 7]);
        Assert.Equal(LinearDiscriminant.Fit(plain, labels, 2).Classify(plain), LinearDiscriminant.Fit(scaled, labels, 2).Classify(scaled));
    }

    // All classes are equally likely beforehand, however many images they have: half-way between two clouds the verdict turns.
    [Fact]
    public void Classify_UnlikeCounts_TurnsHalfWay()
    {
        float[] values = [-1, 1, .. Enumerable.Range(0, 50).SelectMany(_ => new float[] { 9, 11 })];
        int[] labels = [0, 0, .. Enumerable.Repeat(1, 100)];
        var discriminant = LinearDiscriminant.Fit(new FeatureMatrix(values, 1, "n", "h"), labels, 2);
        Assert.Equal([0, 1], discriminant.Classify(new FeatureMatrix([4.9f, 5.1f], 1, "n", "h")));
    }

    [Fact]
    public void Fit_MoreFeaturesThanImages_StillTells()
    {
        var random = new CounterRandom(3, 4);
        var values = new float[20 * 50];
        for (var i = 0; i < values.Length; i++) values[i] = (float)random.NextNormal() + (i / 50 % 2 == 0 ? 0 : 2);
        int[] labels = [.. Enumerable.Range(0, 20).Select(i => i % 2)];
        var features = new FeatureMatrix(values, 50, "n", "h");
        Assert.Equal(labels, LinearDiscriminant.Fit(features, labels, 2).Classify(features));
    }

    [Fact]
    public void Fit_ClassWithoutImages_IsRefused()
    {
        var features = new FeatureMatrix([1, 2, 3, 4], 1, "n", "h");
        Assert.Contains(
            "class 1 has no image", Assert.Throws<InputException>(() => LinearDiscriminant.Fit(features, [0, 0, 2, 2], 3)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "3 labels of 4 images", Assert.Throws<InputException>(() => LinearDiscriminant.Fit(features, [0, 0, 1], 2)).Message, StringComparison.Ordinal);
    }

    // By hand: ranks 1.5, 1.5, 3, 4 and 1, 2, 3, 4.
    [Fact]
    public void RankCorrelation_Ties_AreAtTheirMeanRank()
    {
        Assert.Equal(0.9487, RankCorrelation.Measure([0, 0, 1, 2], [0, 1, 2, 3])!.Value, 4);
        Assert.Equal(-1, RankCorrelation.Measure([0, 1, 2], [5, 4, 3])!.Value, 12);
        Assert.Null(RankCorrelation.Measure([1, 1], [0, 1]));
    }

    private static (FeatureMatrix Features, int[] Labels) Clouds(ulong seed, params double[][] centres)
    {
        var random = new CounterRandom(seed, 9);
        int[] labels = [.. Enumerable.Range(0, 100 * centres.Length).Select(i => i % centres.Length)];
        return (new FeatureMatrix([.. labels.SelectMany(label => centres[label].Select(at => (float)(at + random.NextNormal())))], 2, "n", "h"), labels);
    }

    private static FeatureMatrix Map(FeatureMatrix features, Func<float[], float[]> map)
    {
        float[][] rows = [.. Enumerable.Range(0, features.Images).Select(image => map(features.Row(image).ToArray()))];
        return new([.. rows.SelectMany(row => row)], rows[0].Length, "n", "h");
    }
}
