using Fovea.Evaluation.Metrics;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Reports.Charts;

/// <summary>Cumulative distributions of the distances to the nearest training image, in one space.</summary>
internal static class CopyPanel
{
    /// <summary>Null without distances.</summary>
    public static CurvePanel? Of(MemorisationJudgement judgement)
    {
        var report = judgement.Report;
        return report.GeneratedDistances.Count == 0 || report.HeldOutDistances.Count == 0
            ? null
            : new(
                judgement.Space, "distance to the nearest training image", "share of images",
                [
                    Threshold("nearest 1 % and 5 % of held-out", report.BelowFirst),
                    Threshold("nearest 1 % and 5 % of held-out", report.BelowFifth),
                    Cumulative("held-out real images", CurveTone.Real, report.HeldOutDistances),
                    Cumulative("generated images", CurveTone.Generated, report.GeneratedDistances),
                ]);
    }

    private static Curve Threshold(string name, CopyShare share) =>
        new(name, CurveTone.Help, [share.Threshold, share.Threshold], [0, 1]) { Pattern = ScottPlot.LinePattern.Dashed };

    private static Curve Cumulative(string name, CurveTone tone, IReadOnlyList<double> distances)
    {
        double[] sorted = [.. distances.Where(double.IsFinite).Order()];
        return new(
            name, tone, [.. sorted.SelectMany(distance => new[] { distance, distance })],
            [.. sorted.SelectMany((_, rank) => new[] { rank / (double)sorted.Length, (rank + 1) / (double)sorted.Length })]);
    }
}
