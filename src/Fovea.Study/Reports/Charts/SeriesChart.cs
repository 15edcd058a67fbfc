using System.Globalization;
using Fovea.Reporting.Charts;
using Fovea.Study.Results;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Fovea.Study.Reports.Charts;

/// <summary>Panels side by side over one legend.</summary>
internal static class SeriesChart
{
    private const int Width = 960;
    private const int PanelHeight = 360;
    private const int LegendRow = 26;
    private const int LegendLetters = 120;

    public static byte[] Png(IReadOnlyList<SeriesPanel> panels, ChartTheme theme)
    {
        var columns = Math.Min(panels.Count, 2);
        LegendItem[] items = [.. Legend(panels, theme)];
        var legend = LegendRow * (1 + (items.Sum(item => item.LabelText.Length + 8) / LegendLetters)) + 18;
        return new PanelGrid(columns, Width / columns, PanelHeight, legend).Png([.. panels.Select(panel => panel.Draw(theme))], items, theme);
    }

    private static IEnumerable<LegendItem> Legend(IReadOnlyList<SeriesPanel> panels, ChartTheme theme) =>
        panels.SelectMany(panel => panel.Series.Select(series => (panel.Joined, Series: series)))
            .DistinctBy(entry => entry.Series.Name)
            .Select(entry => new LegendItem
            {
                LabelText = entry.Series.Name,
                LabelFontColor = theme.Ink,
                LineColor = entry.Series.Color,
                LineWidth = entry.Joined ? 2 : 0,
                MarkerShape = entry.Series.Marker,
                MarkerColor = entry.Series.Color,
                MarkerSize = 9,
            });
}

/// <summary>One panel of a chart: series as points with error bars, joined by lines where that makes sense.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XLabel">The horizontal scale and its unit.</param>
/// <param name="YLabel">The vertical scale and its unit.</param>
/// <param name="Series">What is drawn.</param>
internal sealed record SeriesPanel(string Title, string XLabel, string YLabel, IReadOnlyList<ChartSeries> Series)
{
    private const double Margin = 0.06;

    /// <summary>Whether the horizontal scale is logarithmic, with ticks at the places of points.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Whether there is anything to draw.</summary>
    public bool HasPoints => Series.Any(series => series.Points.Count > 0);

    /// <summary>Whether the points of a series are joined.</summary>
    public bool Joined { get; init; }

    /// <summary>Whether the vertical scale begins at zero; else it holds the points and their intervals alone.</summary>
    public bool FromZero { get; init; } = true;

    /// <summary>The largest value that the figure can have; null for none.</summary>
    public double? Most { get; init; }

    public Plot Draw(ChartTheme theme)
    {
        var plot = theme.NewPlot(Title, XLabel, YLabel);
        double[][] places = [.. Series.Select(series => series.Points.Select(point => Place(point.X)).ToArray())];
        var moved = SideBySide.Spread(places, Range(places));
        foreach (var (series, xs) in Series.Zip(moved).Where(drawn => drawn.First.Points.Count > 0))
            Add(plot, series, xs);
        LimitX(plot, moved, Range(places));
        LimitY(plot);
        return plot;
    }

    private double Place(double x) => Logarithmic ? Math.Log10(x) : x;

    // Arms of nearly one size would else be drawn across a range of nothing.
    private double Range(double[][] places)
    {
        double[] all = [.. places.SelectMany(series => series).DefaultIfEmpty()];
        return Math.Max(all.Max() - all.Min(), Logarithmic ? 0.16 : Math.Max(Math.Abs(all.Max()) * 0.04, 0.1));
    }

    private void Add(Plot plot, ChartSeries series, double[] xs)
    {
        double[] ys = [.. series.Points.Select(point => point.Y.Value)];
        double[] none = new double[xs.Length];
        double[] above = [.. series.Points.Select(point => Math.Max(0, Finite(point.Y.High) - point.Y.Value ?? 0))];
        double[] below = [.. series.Points.Select(point => Math.Max(0, point.Y.Value - Finite(point.Y.Low) ?? 0))];
        plot.Add.Plottable(new ErrorBar(xs, ys, none, none, above, below) { Color = series.Color, LineWidth = 1.5f, CapSize = 4 });
        var scatter = plot.Add.Scatter(xs, ys, series.Color);
        (scatter.LineWidth, scatter.MarkerShape, scatter.MarkerSize) = (Joined ? 1.5f : 0, series.Marker, 9);
    }

    private void LimitX(Plot plot, double[][] moved, double range)
    {
        double[] drawn = [.. moved.SelectMany(series => series).DefaultIfEmpty()];
        plot.Axes.SetLimitsX(drawn.Min() - (range * Margin), drawn.Max() + (range * Margin));
        double[] places = [.. Series.SelectMany(series => series.Points).Select(point => point.X).Distinct().Order()];
        if (Logarithmic)
        {
            plot.Axes.Bottom.TickGenerator = new NumericManual(
                [.. places.Select(Place)], [.. places.Select(place => place.ToString("0.##", CultureInfo.InvariantCulture))]);
        }
    }

    private void LimitY(Plot plot)
    {
        var points = Series.SelectMany(series => series.Points).Select(point => point.Y);
        double[] ends = [.. points.SelectMany(figure => new[] { figure.Value, Finite(figure.Low) ?? figure.Value, Finite(figure.High) ?? figure.Value })
            .Where(double.IsFinite)];
        if (!FromZero && ends.Length > 0)
        {
            var margin = Math.Max((ends.Max() - ends.Min()) * Margin, Math.Abs(ends.Max()) * 1e-3);
            plot.Axes.SetLimitsY(ends.Min() - margin, ends.Max() + margin);
            return;
        }

        var (low, high) = (Math.Min(0, ends.Append(0).Min()), ends.Append(0).Max());
        var top = high > 0 ? high * (1 + Margin) : 1;
        plot.Axes.SetLimitsY(low * (1 + Margin), Most is { } most ? Math.Min(top, most * 1.02) : top);
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>Points of one arm or one device.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Index">Its place among all of the chart: what it looks like.</param>
/// <param name="Points">In the order of their places.</param>
internal sealed record ChartSeries(string Name, int Index, IReadOnlyList<ChartPoint> Points)
{
    public Color Color => SeriesLook.Color(Index);

    // Beyond the hues and in print without colour it is the marker that tells.
    public MarkerShape Marker => SeriesLook.Marker(Index);
}

/// <summary>A point of a chart.</summary>
/// <param name="X">Its place.</param>
/// <param name="Y">Its value with its interval, in the unit of the panel.</param>
internal sealed record ChartPoint(double X, CellFigure Y);
