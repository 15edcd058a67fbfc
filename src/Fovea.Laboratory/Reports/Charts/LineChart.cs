using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Charts;
using ScottPlot;

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
