using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.Plottables;

namespace Fovea.Judging.Reports.Charts;

/// <summary>One panel of a chart.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XLabel">The horizontal scale and its unit.</param>
/// <param name="YLabel">The vertical scale and its unit.</param>
/// <param name="Curves">What is drawn, the first at the bottom.</param>
internal sealed record CurvePanel(string Title, string XLabel, string YLabel, IReadOnlyList<Curve> Curves)
{
    private const double Margin = 1.06;

    /// <summary>Labels at places of the horizontal scale; null for numbers.</summary>
    public IReadOnlyList<(double Place, string Label)>? Ticks { get; init; }

    public Plot Draw(ChartTheme theme)
    {
        var plot = theme.NewPlot(Title, XLabel, YLabel);
        foreach (var curve in Curves)
            Add(plot, curve, theme);
        double[] ys = [.. Curves.SelectMany(curve => curve.Ys.SelectMany(y => new[] { y - curve.Error, y + curve.Error })).Where(double.IsFinite)];
        var (low, high) = (Math.Min(0, ys.Append(0).Min()), ys.Append(0).Max());
        plot.Axes.SetLimitsY(low * Margin, high > 0 ? high * Margin : 1);
        if (Ticks is { } ticks)
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks.Select(tick => tick.Place)], [.. ticks.Select(tick => tick.Label)]);
        return plot;
    }

    private static void Add(Plot plot, Curve curve, ChartTheme theme)
    {
        (double X, double Y)[] shown = [.. curve.Xs.Zip(curve.Ys).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second))];
        if (shown.Length == 0)
            return;
        double[] xs = [.. shown.Select(point => point.X)];
        double[] ys = [.. shown.Select(point => point.Y)];
        var color = curve.Color(theme);
        if (curve.Error > 0)
        {
            double[] none = new double[xs.Length];
            double[] errors = [.. ys.Select(_ => curve.Error)];
            plot.Add.Plottable(new ErrorBar(xs, ys, none, none, errors, errors) { Color = color, LineWidth = 1.5f, CapSize = 4 });
        }

        var scatter = plot.Add.Scatter(xs, ys, color);
        (scatter.LineWidth, scatter.LinePattern) = (curve.IsMarkers ? 0 : 2, curve.Pattern);
        (scatter.MarkerShape, scatter.MarkerSize) = (MarkerShape.FilledCircle, curve.IsMarkers ? 7 : 0);
    }
}
