using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Charts;

/// <summary>The Fréchet distance of one network against the number of images, with its line and the floor.</summary>
internal static class FrechetPanel
{
    // Share of the scale that a label of four digits takes.
    private const double LabelDistance = 0.09;

    /// <summary>Null where there is no line.</summary>
    public static CurvePanel? Of(FeatureJudgement judgement)
    {
        if (judgement.FrechetLimit is not { Points.Count: > 0 } limit)
            return null;
        var floor = judgement.FrechetFloor;
        var end = limit.Points.Max(point => 1.0 / point.Images);
        return new(
            judgement.Network.FrechetName, "images N, on a scale of 1/N", "distance",
            [
                new("line through generated", CurveTone.Generated, [0, end], [limit.Value, limit.Value + (limit.Slope * end)]),
                new("generated from real", CurveTone.Generated, [.. limit.Points.Select(point => 1.0 / point.Images)], [.. limit.Points.Select(point => point.Distance)]) { IsMarkers = true },
                new("real from real, ± 1 standard deviation", CurveTone.Real, [1.0 / floor.Images], [floor.Mean]) { IsMarkers = true, Error = floor.StandardDeviation },
            ])
        {
            Ticks = Ticks(limit, floor.Images),
        };
    }

    private static List<(double Place, string Label)> Ticks(FrechetLimit limit, int floor)
    {
        int[] sizes = [.. limit.Points.Select(point => point.Images).Append(floor).Distinct().OrderDescending()];
        List<(double Place, string Label)> ticks = [(0, "∞")];
        foreach (var size in sizes)
        {
            if ((1.0 / size) - ticks[^1].Place >= LabelDistance / sizes[^1])
                ticks.Add((1.0 / size, $"{size}"));
        }

        return ticks;
    }
}
