using Fovea.Metrics;

namespace Fovea.Tests.Metrics.Distances;

/// <summary>The slow twin: one pair at a time, all in double.</summary>
internal static class SlowDistances
{
    public static double Squared(FeatureMatrix a, int i, FeatureMatrix b, int j) => Sum(a, i, b, j, (x, y) => (x - y) * (x - y));

    public static double Dot(FeatureMatrix a, int i, FeatureMatrix b, int j) => Sum(a, i, b, j, (x, y) => x * y);

    /// <summary>All neighbours of a row, nearest first.</summary>
    public static (int Index, double Distance)[] Neighbours(FeatureMatrix queries, int row, FeatureMatrix references, bool skipSelf) =>
        [.. Enumerable.Range(0, references.Images).Where(k => !skipSelf || k != row)
            .Select(k => (Index: k, Distance: Math.Sqrt(Squared(queries, row, references, k)))).OrderBy(pair => pair.Distance)];

    private static double Sum(FeatureMatrix a, int i, FeatureMatrix b, int j, Func<double, double, double> term)
    {
        var (x, y) = (a.Row(i).ToArray(), b.Row(j).ToArray());
        return x.Zip(y, (p, q) => term(p, q)).Sum();
    }
}
