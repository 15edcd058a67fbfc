using Fovea.Core.Random;
using Fovea.Metrics;

namespace Fovea.Tests.Metrics;

/// <summary>Feature matrices for tests.</summary>
internal static class TestFeatures
{
    public static FeatureMatrix Of(float[] values, int dimensions) => new(values, dimensions, "test", "0");

    /// <summary>Points of one dimension a row.</summary>
    public static FeatureMatrix Line(params float[] values) => Of(values, 1);

    /// <summary>Independent normal numbers, each of a mean and a deviation.</summary>
    public static FeatureMatrix Normal(int images, int dimensions, ulong seed, double mean = 0, double deviation = 1)
    {
        var random = new CounterRandom(seed, 77);
        var values = new float[images * dimensions];
        for (var k = 0; k < values.Length; k++) values[k] = (float)(mean + deviation * random.NextNormal());
        return Of(values, dimensions);
    }

    /// <summary>The numbers of features() in Reference/metrics.py.</summary>
    public static FeatureMatrix Hashed(int images, int dimensions, int salt)
    {
        var values = new float[images * dimensions];
        for (var i = 0; i < images; i++)
        {
            for (var j = 0; j < dimensions; j++)
            {
                var number = (long)i * i * 31 + (long)j * j * j * 17 + i * j * 7 + (long)i * i * j * 11 + salt * 101 + i * 3 + j * 5;
                values[i * dimensions + j] = number % 997 / 997f;
            }
        }

        return Of(values, dimensions);
    }

    /// <summary>The rows of both, one set after the other.</summary>
    public static FeatureMatrix Join(FeatureMatrix first, FeatureMatrix second)
    {
        var values = new List<float>();
        foreach (var features in new[] { first, second })
            for (var image = 0; image < features.Images; image++) values.AddRange(features.Row(image));
        return Of([.. values], first.Dimensions);
    }
}
