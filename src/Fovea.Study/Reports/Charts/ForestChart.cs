using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Fovea.Study.Reports.Charts;

/// <summary>
/// The comparisons of a study's questions by one metric, a row each: the mean difference with its interval, and the differences of seeds as dots.
/// </summary>
internal static class ForestChart
{
    private const int Width = 960;
    private const int RowHeight = 46;
    private const int AxesHeight = 110;
    private const int LegendHeight = 44;

    // Okabe and Ito, as in other charts.
    private static readonly Color s_better = Color.FromHex("#0072B2");
    private static readonly Color s_worse = Color.FromHex("#D55E00");

    /// <summary>
    /// The rows, in the order of the questions: by the primary figure of the study's protocol; without one by the metric by which most questions are compared,
    /// of
    /// several the held-out loss, and then the first. Empty where nothing is compared.
    /// </summary>
    public static IReadOnlyList<PairedComparison> Rows(StudyAnalysis analysis)
    {
        if (analysis.Protocol is { } planned)
            return [.. planned.Answers.Select(answer => answer.Comparison).DistinctBy(row => (row.Arm, row.Against, row.Size))];
        PairedComparison[] all = [.. analysis.Comparisons.SelectMany(question => question.Comparisons)
            .DistinctBy(row => (row.Metric.Name, row.Arm, row.Against, row.Size))];
        return all.GroupBy(row => row.Metric.Name).OrderByDescending(group => group.Count()).ThenByDescending(
            group => group.First().Metric.Key == StudyMetrics.HeldOut)
            .Select(group => group.ToArray()).FirstOrDefault() ?? [];
    }

    /// <summary>The chart.</summary>
    /// <param name="rows">At least one, of one metric.</param>
    /// <param name="theme">Its colours.</param>
    public static byte[] Png(IReadOnlyList<PairedComparison> rows, ChartTheme theme)
    {
        var grid = new PanelGrid(1, Width, AxesHeight + (RowHeight * rows.Count), LegendHeight);
        return grid.Png([Draw(rows, theme)], Legend(theme), theme);
    }

    private static Plot Draw(IReadOnlyList<PairedComparison> rows, ChartTheme theme)
    {
        var metric = rows[0].Metric;
        var side = metric.Direction switch
        {
            MetricDirection.Lower => ", left of 0: the first arm is better",
            MetricDirection.Higher => ", right of 0: the first arm is better",
            _ => "",
        };
        var factor = metric.Unit == MetricUnit.Share ? 100 : 1;
        var plot = theme.NewPlot("", $"difference of {metric.Name}{(factor == 100 ? " (points)" : "")}{side}", "");
        var zero = plot.Add.VerticalLine(0, 1.5f, theme.Ink);
        zero.LinePattern = LinePattern.Dashed;
        foreach (var (index, row) in rows.Index()) Add(plot, row, rows.Count - 1 - index, factor, theme);
        var sizes = rows.Select(row => row.Size).Distinct().Count() > 1;
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. rows.Select((_, index) => (double)(rows.Count - 1 - index))],
            [.. rows.Select(row => $"{row.Arm} less {row.Against}{(sizes ? $", {row.Size}" : "")}")]);
        plot.Axes.SetLimitsY(-0.6, rows.Count - 0.4);
        return plot;
    }

    private static void Add(Plot plot, PairedComparison row, double y, int factor, ChartTheme theme)
    {
        var color = row.Verdict switch { Verdict.Better or Verdict.Higher => s_better, Verdict.Worse or Verdict.Lower => s_worse, _ => theme.Faint };
        // A little below the mean, so that none hides the other.
        double[] seeds = [.. row.ArmValues.Zip(row.AgainstValues, (arm, against) => factor * (arm - against)).Where(double.IsFinite)];
        if (row.Seeds.Count > 1 && seeds.Length > 0)
        {
            var dots = plot.Add.Scatter(seeds, [.. seeds.Select(_ => y - 0.22)], color.WithAlpha(0.7));
            (dots.LineWidth, dots.MarkerShape, dots.MarkerSize) = (0, MarkerShape.OpenCircle, 7);
        }

        var mean = factor * row.Difference;
        if (row.Interval is { } interval && double.IsFinite(interval.Low) && double.IsFinite(interval.High))
        {
            plot.Add.Plottable(new ErrorBar(
                [mean], [y], [Math.Max(0, (factor * interval.High) - mean)], [Math.Max(0, mean - (factor * interval.Low))], [0], [0])
            {
                Color = color,
                LineWidth = 2.5f,
                CapSize = 6,
            });
        }

        var marker = plot.Add.Scatter(mean, y, color);
        (marker.LineWidth, marker.MarkerShape, marker.MarkerSize) = (0, MarkerShape.FilledSquare, 11);
    }

    private static LegendItem[] Legend(ChartTheme theme) =>
    [
        Item("the first arm is better", s_better, MarkerShape.FilledSquare), Item("it is worse", s_worse, MarkerShape.FilledSquare),
        Item("no measurable difference", theme.Faint, MarkerShape.FilledSquare), Item("a pair of one seed", theme.Ink, MarkerShape.OpenCircle),
    ];

    private static LegendItem Item(string text, Color color, MarkerShape shape) => new()
    {
        LabelText = text,
        MarkerShape = shape,
        MarkerColor = color,
        MarkerSize = 9,
        LineWidth = 0,
    };
}
