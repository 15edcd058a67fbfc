using Fovea.Evaluation.Results;
using Fovea.Metrics.Distributions;
using Fovea.Reporting.Charts;

namespace Fovea.Evaluation.Reports.Charts;

/// <summary>The charts of an evaluation that there are figures for.</summary>
internal static class EvaluationCharts
{
    public const string Frechet = "frechet.png";
    public const string Fundus = "fundus.png";
    public const string Copies = "memorisation.png";
    public const string Variety = "variety.png";
    public const string TwoSample = "two-sample.png";
    public const string Membership = "membership.png";

    private const string FrechetCaption =
        "Fewer images make the distance larger, about in proportion to 1/N; the line meets the left edge at the distance of ever more images. "
            + "Figures may be compared at the same N only.";

    private const string FundusCaption = "Means over the images, but for vessels: a share for each image.";

    private const string CopiesCaption =
        "A generator that copies nothing has its curve on that of the held-out images or to the right of it. Copies lift it at the left, "
            + "before the dashed lines.";

    private const string VarietyCaption =
        "Shares of real images that as many generated ones reach, beside those that other real images reach, by each feature network. "
            + "Bars are standard deviations "
            + "over random halves.";

    private const string TwoSampleCaption =
        "What the networks say of images that they have not seen. Where both curves lie on each other nothing tells generated from real "
            + "images; where they are at opposite "
            + "ends everything does.";

    private const string MembershipCaption =
        "Training images found beside held-out images that are wrongly taken for training images, as the distance to the nearest generated "
            + "image up to which one is called "
            + "a training image grows. Where nothing leaks the curve follows the dashed line.";

    public static IEnumerable<ReportChart> Draw(EvaluationResult result) =>
    [
        .. Chart(Variety, "Recall and coverage", VarietyCaption, VarietyPanels.Draw(result.Features)),
        .. Chart(TwoSample, "Generated and real images told apart", TwoSampleCaption, result.TwoSample is { } told ? [TwoSamplePanel.Draw(told)] : []),
        .. Chart(Frechet, "Fréchet distance and number of images", FrechetCaption, result.Features.Select(FrechetPanel.Draw).OfType<CurvePanel>()),
        .. Chart(Fundus, "Hues, light and vessels", FundusCaption, result.Fundus is { } fundus ? FundusPanels.Draw(fundus) : []),
        .. Chart(Copies, "Distance to the nearest training image", CopiesCaption, result.Memorisation.Select(CopyPanel.Draw).OfType<CurvePanel>()),
        .. Chart(
            Membership,
            "Training images told from held-out ones",
            MembershipCaption,
            result.Memorisation.Select(MembershipPanel.Draw).OfType<CurvePanel>()),
    ];

    private static IEnumerable<ReportChart> Chart(string file, string title, string caption, IEnumerable<CurvePanel> panels)
    {
        CurvePanel[] shown = [.. panels];
        if (shown.Length > 0)
            yield return new(file, title, caption, theme => CurveChart.Png(shown, theme));
    }
}

/// <summary>Cumulative distributions of the distances to the nearest training image, in one space.</summary>
internal static class CopyPanel
{
    /// <summary>Null without distances.</summary>
    public static CurvePanel? Draw(MemorisationJudgement judgement)
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

/// <summary>The Fréchet distance of one network against the number of images, with its line and the floor.</summary>
internal static class FrechetPanel
{
    // Share of the scale that a label of four digits takes.
    private const double LabelDistance = 0.09;

    /// <summary>Null where there is no line.</summary>
    public static CurvePanel? Draw(FeatureJudgement judgement)
    {
        if (judgement.FrechetLimit is not { Points.Count: > 0 } limit)
            return null;
        var floor = judgement.FrechetFloor;
        var end = limit.Points.Max(point => 1.0 / point.Images);
        return new(
            judgement.Network.FrechetName, "images N, on a scale of 1/N", "distance",
            [
                new("line through generated", CurveTone.Generated, [0, end], [limit.Value, limit.Value + (limit.Slope * end)]),
                new(
                    "generated from real",
                    CurveTone.Generated,
                    [.. limit.Points.Select(point => 1.0 / point.Images)],
                    [.. limit.Points.Select(point => point.Distance)]) { IsMarkers = true },
                new("real from real, ± 1 standard deviation", CurveTone.Real, [1.0 / floor.Images], [floor.Mean])
                {
                    IsMarkers = true,
                    Error = floor.StandardDeviation,
                },
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

/// <summary>Hues, light and vessels of generated and of real images.</summary>
internal static class FundusPanels
{
    private const int VesselBins = 20;

    /// <summary>The panels that there are figures for.</summary>
    public static IEnumerable<CurvePanel> Draw(FundusJudgement fundus) =>
        new[] { Hues(fundus), Radial(fundus), Vessels(fundus) }.Where(panel => panel.Curves.Any(curve => curve.Xs.Count > 0));

    private static CurvePanel Hues(FundusJudgement fundus)
    {
        static IReadOnlyList<double> Edges(IReadOnlyList<double> shares) =>
            [.. Enumerable.Range(0, shares.Count + 1).Select(bin => 360.0 * bin / shares.Count)];
        return new("Hues", "hue (degrees; red 0, green 120, blue 240)", "mean share of pixels", Both(fundus.GeneratedHues, fundus.RealHues, Edges));
    }

    private static CurvePanel Radial(FundusJudgement fundus)
    {
        static IReadOnlyList<double> Edges(IReadOnlyList<double> rings) => [.. Enumerable.Range(0, rings.Count + 1).Select(ring => ring / (double)rings.Count)];
        return new(
            "Light", "distance from the middle (radius of the retina = 1)", "mean brightness (0 to 1)",
            Both(fundus.GeneratedRadial, fundus.RealRadial, Edges));
    }

    private static CurvePanel Vessels(FundusJudgement fundus)
    {
        var top = fundus.GeneratedVesselShare.Concat(fundus.RealVesselShare).Where(double.IsFinite).Append(0).Max();
        double[] edges = [.. Enumerable.Range(0, VesselBins + 1).Select(bin => (top > 0 ? top : 1) * bin / VesselBins)];
        IReadOnlyList<double> Shares(IReadOnlyList<double> values) =>
            values.Count == 0
                ? []
                : [.. Enumerable.Range(0, VesselBins).Select(bin => values.Count(value => Bin(value, edges[^1]) == bin) / (double)values.Count)];
        return new(
            "Vessels", "share of vessel-like pixels", "share of images", Both(Shares(fundus.GeneratedVesselShare), Shares(fundus.RealVesselShare), _ => edges));
    }

    private static int Bin(double value, double top) => (int)Math.Clamp(Math.Floor(value / top * VesselBins), 0, VesselBins - 1);

    private static IReadOnlyList<Curve> Both(
        IReadOnlyList<double> generated, IReadOnlyList<double> real, Func<IReadOnlyList<double>, IReadOnlyList<double>> edges)
    {
        IReadOnlyList<double> Ends(IReadOnlyList<double> values) => values.Count == 0 ? [] : edges(values);
        return [Curve.Steps("real images", CurveTone.Real, Ends(real), real), Curve.Steps("generated images", CurveTone.Generated, Ends(generated), generated)];
    }
}
