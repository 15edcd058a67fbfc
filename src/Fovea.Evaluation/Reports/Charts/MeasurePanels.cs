using Fovea.Evaluation.Results;

namespace Fovea.Evaluation.Reports.Charts;

/// <summary>Recall and coverage beside those of real halves, a place for each network.</summary>
internal static class VarietyPanels
{
    private const double Apart = 0.12;

    /// <summary>No panels without halves.</summary>
    public static IEnumerable<CurvePanel> Draw(IReadOnlyList<FeatureJudgement> features)
    {
        FeatureJudgement[] shown = [.. features.Where(judgement => judgement.SupportFloor is not null)];
        return shown.Length == 0
            ? []
            : [
                Panel("Recall", shown, floor => floor.RealRecall, floor => floor.GeneratedRecall),
                Panel("Coverage", shown, floor => floor.RealCoverage, floor => floor.GeneratedCoverage),
            ];
    }

    private static CurvePanel Panel(
        string title,
        FeatureJudgement[] features,
        Func<SupportFloor, MeanOfSplits> real,
        Func<SupportFloor, MeanOfSplits> generated) =>
        new(
            title, "feature network", "share of real images",
            [
                // Ends of the scale: all or nothing.
                new("", CurveTone.Help, [-0.5, features.Length - 0.5], [1, 1]) { Pattern = ScottPlot.LinePattern.Dotted },
                .. features.Select((judgement, k) => Marker("other real images", CurveTone.Real, k - Apart, real(judgement.SupportFloor!))),
                .. features.Select((judgement, k) => Marker("generated images", CurveTone.Generated, k + Apart, generated(judgement.SupportFloor!))),
            ])
        {
            Ticks = [.. features.Select((judgement, k) => ((double)k, $"{judgement.Network.Name}, N = {judgement.SupportFloor!.Images}"))],
        };

    private static Curve Marker(string name, CurveTone tone, double place, MeanOfSplits mean) =>
        new(name, tone, [place], [mean.Mean]) { IsMarkers = true, Error = mean.StandardDeviation };
}

/// <summary>How sure the networks of a two-sample test are.</summary>
internal static class TwoSamplePanel
{
    private const int Bins = 20;

    public static CurvePanel Draw(TwoSampleJudgement judgement)
    {
        double[] edges = [.. Enumerable.Range(0, Bins + 1).Select(bin => bin / (double)Bins)];
        return new(
            "", "probability of being generated, by a network that has not seen the image", "share of images",
            [
                Curve.Steps("real images", CurveTone.Real, edges, Shares(judgement.RealOdds)),
                Curve.Steps("generated images", CurveTone.Generated, edges, Shares(judgement.GeneratedOdds)),
            ]);
    }

    private static double[] Shares(IReadOnlyList<double> odds)
    {
        var shares = new double[Bins];
        foreach (var one in odds) shares[(int)Math.Clamp(Math.Floor(Bins / (1 + Math.Exp(-one))), 0, Bins - 1)] += 1.0 / odds.Count;
        return shares;
    }
}

/// <summary>The ROC curve of training images against held-out ones, in one space.</summary>
internal static class MembershipPanel
{
    /// <summary>Null where it was not measured.</summary>
    public static CurvePanel? Draw(MemorisationJudgement judgement)
    {
        if (judgement.Report.Membership is not { } membership) return null;
        (double Distance, bool IsMember)[] images = [.. membership.MemberDistances.Select(distance => (distance, true))
            .Concat(membership.OtherDistances.Select(distance => (distance, false)))];
        var (found, wrong) = (new List<double> { 0 }, new List<double> { 0 });
        foreach (var group in images.GroupBy(image => image.Distance).OrderBy(group => group.Key))
        {
            found.Add(found[^1] + (group.Count(image => image.IsMember) / (double)membership.MemberDistances.Count));
            wrong.Add(wrong[^1] + (group.Count(image => !image.IsMember) / (double)membership.OtherDistances.Count));
        }

        return new(
            judgement.Space, "held-out images taken for training images", "training images found",
            [
                new("nothing leaks", CurveTone.Help, [0, 1], [0, 1]) { Pattern = ScottPlot.LinePattern.Dashed },
                new("by the nearest generated image", CurveTone.Generated, wrong, found),
            ]);
    }
}
