namespace Fovea.Evaluation.Statistics;

/// <summary>Ranks with ties shared.</summary>
internal static class Midranks
{
    /// <summary>Twice the rank of each value, from 2 on; tied values have the mean of their ranks, so twice it is whole.</summary>
    public static int[] Doubled(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(k => values[k]).ToArray();
        var ranks = new int[values.Count];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var k = start; k < end; k++) ranks[order[k]] = start + 1 + end;
            start = end;
        }

        return ranks;
    }
}
