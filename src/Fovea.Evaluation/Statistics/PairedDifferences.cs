using Fovea.Core.Errors;

namespace Fovea.Evaluation.Statistics;

/// <summary>Differences of paired values.</summary>
internal static class PairedDifferences
{
    /// <summary>first − second, pair by pair.</summary>
    public static double[] Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count) throw new InputException($"paired values: {first.Count} and {second.Count}; as many of both are needed");
        if (first.Count == 0) throw new InputException("paired values: none; at least 1 pair is needed");
        RequireFinite(first);
        RequireFinite(second);
        return [.. first.Zip(second, (a, b) => a - b)];
    }

    /// <summary>Throws unless all values are finite.</summary>
    public static void RequireFinite(IReadOnlyList<double> values)
    {
        for (var k = 0; k < values.Count; k++)
            if (!double.IsFinite(values[k])) throw new InputException($"value {k} is {values[k]}; every value must be finite");
    }
}
