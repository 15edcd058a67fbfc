using Fovea.Laboratory.Results;
using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.Plottables;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Figures as lines over qubits and over layers: a row of panels for each seven ansätze, all on the same vertical scale.</summary>
/// <param name="YLabel">The figure and its unit.</param>
/// <param name="Logarithmic">Whether the vertical scale is.</param>
/// <param name="Panels">The columns.</param>
internal sealed record LineChart(string YLabel, bool Logarithmic, IReadOnlyList<LinePanel> Panels)
{
    private const int PanelWidth = 500;
    private const int LegendWidth = 260;
    private const int RowHeight = 390;

    /// <summary>What dashed lines are, for the legend; null without any.</summary>
    public string? FitLabel { get; init; }

    /// <summary>Draws the chart.</summary>
    public byte[] Png(IReadOnlyList<AnsatzEntry> ansaetze, ChartTheme theme)
    {
        AnsatzEntry[][] rows = [.. ansaetze.Chunk(SeriesLook.Hues)];
        using var canvas = new ChartCanvas((Panels.Count * PanelWidth) + LegendWidth, rows.Length * RowHeight);
        var range = VerticalRange(ansaetze);
        foreach (var (row, entries) in rows.Index())
        {
            foreach (var (column, panel) in Panels.Index())
                canvas.Add(Draw(panel, entries, range, theme), column * PanelWidth, row * RowHeight, PanelWidth, RowHeight);
            canvas.Add(theme.NewLegend(LegendItems(entries, theme), Orientation.Vertical), Panels.Count * PanelWidth, row * RowHeight, LegendWidth, RowHeight);
        }

        return canvas.Png();
    }

    private CoordinateRange VerticalRange(IReadOnlyList<AnsatzEntry> ansaetze)
    {
        var points = Panels.SelectMany(panel => ansaetze.SelectMany(panel.Points)).Select(point => point.Y.Value);
        double[] values = [.. points.Concat(Panels.SelectMany(panel => panel.Haar).Select(point => point.Y)).Where(double.IsFinite)];
        return Logarithmic ? LogTicks.Range(values) ?? new(-1, 0) : new(-0.03 * Top(values), 1.05 * Top(values));
    }

    private static double Top(double[] values) => values.Append(0).Max() is > 0 and var top ? top : 1;

    private Plot Draw(LinePanel panel, IReadOnlyList<AnsatzEntry> entries, CoordinateRange range, ChartTheme theme)
    {
        var plot = theme.NewPlot(panel.Title, panel.XLabel, YLabel);
        var curves = new CurvePainter(plot, Logarithmic, range);
        curves.Haar(panel.Haar, theme);
        foreach (var entry in entries)
        {
            curves.Fit(entry, panel.Fit(entry));
            curves.Points(entry, panel.Points(entry));
        }

        int[] xs = [.. entries.SelectMany(panel.Points).Select(point => point.X).Distinct().Order()];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. xs.Select(x => (double)x)], [.. xs.Select(x => x.ToString())]);
        if (xs.Length > 0)
            plot.Axes.SetLimitsX(xs[0] - 0.4, xs[^1] + 0.4);
        plot.Axes.SetLimitsY(range.Min, range.Max);
        if (Logarithmic)
            plot.Axes.Left.TickGenerator = LogTicks.Generator(range);
        return plot;
    }

    private IEnumerable<LegendItem> LegendItems(IReadOnlyList<AnsatzEntry> entries, ChartTheme theme)
    {
        foreach (var entry in entries)
        {
            yield return new()
            {
                LabelText = entry.Label,
                LineColor = entry.Color(),
                LineWidth = 2,
                MarkerShape = entry.Marker(),
                MarkerColor = entry.Color(),
                MarkerSize = 8,
            };
        }

        if (FitLabel is not null)
            yield return new() { LabelText = FitLabel, LineColor = theme.Faint, LineWidth = 1.5f, LinePattern = LinePattern.Dashed };
        if (Panels.Any(panel => panel.Haar.Count > 0))
            yield return new() { LabelText = "Haar-random states", LineColor = theme.Ink, LineWidth = 2, LinePattern = LinePattern.Dotted };
    }
}

/// <summary>One column of a <see cref="LineChart"/>.</summary>
/// <param name="Title">What is shown, at which size.</param>
/// <param name="XLabel">"qubits n" or "layers L".</param>
/// <param name="Points">The points of an ansatz.</param>
internal sealed record LinePanel(string Title, string XLabel, Func<AnsatzEntry, IReadOnlyList<CurvePoint>> Points)
{
    /// <summary>The line fitted to an ansatz's points, as places to draw it through; empty without a fit.</summary>
    public Func<AnsatzEntry, IReadOnlyList<(double X, double Y)>> Fit { get; init; } = _ => [];

    /// <summary>What Haar-random states would show; empty where there is no such figure.</summary>
    public IReadOnlyList<(double X, double Y)> Haar { get; init; } = [];
}

/// <summary>One figure of an ansatz along one direction of the table of sizes.</summary>
internal static class Curves
{
    public static IReadOnlyList<CurvePoint> OverQubits(AnsatzEntry entry, int layers, Func<AnsatzAnalysis, Estimate> figure) =>
        [.. entry.Cells.Where(cell => cell.Subject.Layers == layers).Select(cell => new CurvePoint(cell.Subject.Qubits, figure(cell)))];

    public static IReadOnlyList<CurvePoint> OverLayers(AnsatzEntry entry, int qubits, Func<AnsatzAnalysis, Estimate> figure) =>
        [.. entry.Cells.Where(cell => cell.Subject.Qubits == qubits).Select(cell => new CurvePoint(cell.Subject.Layers, figure(cell)))];
}

/// <summary>A figure at a number of qubits or layers.</summary>
internal readonly record struct CurvePoint(int X, Estimate Y);

/// <summary>Puts curves on a plot.</summary>
internal sealed class CurvePainter(Plot plot, bool logarithmic, CoordinateRange range)
{
    /// <summary>An ansatz's points, joined, with their standard errors.</summary>
    public void Points(AnsatzEntry entry, IReadOnlyList<CurvePoint> points)
    {
        CurvePoint[] shown = [.. points.Where(point => IsShown(point.Y.Value))];
        if (shown.Length == 0)
            return;
        double[] xs = [.. shown.Select(point => (double)point.X)];
        double[] ys = [.. shown.Select(point => Scale(point.Y.Value))];
        double[] none = new double[xs.Length];
        plot.Add.Plottable(new ErrorBar(xs, ys, none, none, Errors(shown, 1), Errors(shown, -1)) { Color = entry.Color(), LineWidth = 1.5f, CapSize = 3 });
        var line = plot.Add.Scatter(xs, ys, entry.Color());
        (line.LineWidth, line.MarkerShape, line.MarkerSize) = (1.5f, entry.Marker(), 7);
    }

    /// <summary>A fitted line.</summary>
    public void Fit(AnsatzEntry entry, IReadOnlyList<(double X, double Y)> places) => Line(places, entry.Color(), 1.5f, LinePattern.Dashed);

    /// <summary>The line of Haar-random states.</summary>
    public void Haar(IReadOnlyList<(double X, double Y)> places, ChartTheme theme) => Line(places, theme.Ink, 2, LinePattern.Dotted);

    private void Line(IReadOnlyList<(double X, double Y)> places, Color color, float width, LinePattern pattern)
    {
        (double X, double Y)[] shown = [.. places.Where(place => IsShown(place.Y))];
        if (shown.Length == 0)
            return;
        var line = plot.Add.ScatterLine(shown.Select(place => place.X).ToArray(), shown.Select(place => Scale(place.Y)).ToArray(), color);
        (line.LineWidth, line.LinePattern) = (width, pattern);
    }

    private bool IsShown(double value) => double.IsFinite(value) && (!logarithmic || value > 0);

    private double Scale(double value) => logarithmic ? Math.Log10(value) : value;

    // Down to 0 a bar has no end on a logarithmic scale: it leaves the panel at the bottom.
    private double[] Errors(CurvePoint[] points, int sign) =>
    [
        .. points.Select(point =>
        {
            var (value, error) = (point.Y.Value, double.IsFinite(point.Y.StandardError) ? point.Y.StandardError : 0);
            var end = value + (sign * error);
            return logarithmic && end <= 0 ? Math.Max(0, Scale(value) - range.Min) : Math.Abs(Scale(end) - Scale(value));
        }),
    ];
}
