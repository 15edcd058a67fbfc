using Fovea.Laboratory.Results;
using Fovea.Reporting.Charts;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Figures of one size as markers in a row an ansatz: names stay legible however many there are.</summary>
internal sealed record RowChart(IReadOnlyList<RowPanel> Panels)
{
    private const int PanelWidth = 480;
    private const int NameWidth = 250;
    private const int RowHeight = 36;
    private const int Frame = 110;
    private const int LegendHeight = 60;

    /// <summary>Draws the chart of these ansätze at that size.</summary>
    public byte[] Png(IReadOnlyList<AnsatzEntry> ansaetze, CellSize size, ChartTheme theme)
    {
        AnsatzEntry[] rows = [.. ansaetze.Where(entry => entry.At(size) is not null)];
        var height = Frame + (rows.Length * RowHeight);
        var panelWidth = Panels.Count > 2 ? PanelWidth * 2 / 3 : PanelWidth;
        var width = NameWidth + (Panels.Count * panelWidth);
        using var canvas = new ChartCanvas(width, height + LegendHeight);
        foreach (var (column, panel) in Panels.Index())
        {
            var names = column == 0 ? NameWidth : 0;
            var plot = Draw(panel, rows, size, theme, named: column == 0);
            canvas.Add(plot, column == 0 ? 0 : NameWidth + (column * panelWidth), 0, panelWidth + names, height);
        }

        canvas.Add(theme.NewLegend(LegendItems(theme), Orientation.Horizontal), 0, height, width, LegendHeight);
        return canvas.Png();
    }

    private static Plot Draw(RowPanel panel, AnsatzEntry[] rows, CellSize size, ChartTheme theme, bool named)
    {
        var plot = theme.NewPlot(panel.Title, panel.XLabel, "");
        List<double> values = [];
        foreach (var (row, entry) in rows.Index())
        {
            if (row % 2 == 1)
                plot.Add.VerticalSpan(row - 0.5, row + 0.5, theme.Grid.WithAlpha(0.45)).LineWidth = 0;
            foreach (var series in panel.Series)
            {
                if (series.Value(entry.At(size)!) is { } value && Mark(plot, panel, entry, row + Offset(panel, series), series, value))
                    values.Add(value.Value);
            }
        }

        plot.Axes.Left.TickGenerator = new NumericManual([.. rows.Select((_, row) => (double)row)], [.. rows.Select(entry => named ? entry.Label : "")]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsY(rows.Length - 0.5, -0.5);
        LimitX(plot, panel, values);
        plot.Layout.Fixed(new PixelPadding(named ? NameWidth : 14, 18, 56, 40));
        return plot;
    }

    private static bool Mark(Plot plot, RowPanel panel, AnsatzEntry entry, double y, RowSeries series, Estimate value)
    {
        if (!double.IsFinite(value.Value) || (panel.Logarithmic && value.Value <= 0))
            return false;
        double Scale(double x) => panel.Logarithmic ? Math.Log10(Math.Max(x, value.Value / 10)) : x;
        var x = Scale(value.Value);
        var error = double.IsFinite(value.StandardError) ? value.StandardError : 0;
        if (error > 0)
        {
            var bar = new ErrorBar([x], [y], [Scale(value.Value + error) - x], [x - Scale(value.Value - error)], [0], [0]);
            (bar.Color, bar.LineWidth, bar.CapSize) = (entry.Color(), 1.5f, 3);
            plot.Add.Plottable(bar);
        }

        plot.Add.Marker(x, y, series.Shape, 9, entry.Color());
        return true;
    }

    // Markers of one row stand above each other: equal figures would hide each other.
    private static double Offset(RowPanel panel, RowSeries series) =>
        ((panel.Series.Index().First(pair => pair.Item == series).Index + 0.5) / panel.Series.Count - 0.5) * 0.8;

    private static void LimitX(Plot plot, RowPanel panel, List<double> values)
    {
        if (!panel.Logarithmic)
        {
            plot.Axes.SetLimitsX(0, panel.Maximum ?? (values.Append(0).Max() is > 0 and var top ? 1.08 * top : 1));
            return;
        }

        var range = LogTicks.Range(values) ?? new(-1, 0);
        plot.Axes.SetLimitsX(range.Min, range.Max);
        plot.Axes.Bottom.TickGenerator = LogTicks.Generator(range);
    }

    private IEnumerable<LegendItem> LegendItems(ChartTheme theme) =>
        Panels.SelectMany(panel => panel.Series).DistinctBy(series => series.Name).Select(series => new LegendItem
        {
            LabelText = series.Name,
            MarkerShape = series.Shape,
            MarkerColor = theme.Faint,
            MarkerSize = 9,
            MarkerLineWidth = 1.5f,
            LineWidth = 0,
        });
}

/// <summary>One column of a <see cref="RowChart"/>.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="XLabel">The figure and its unit.</param>
/// <param name="Logarithmic">Whether the horizontal scale is.</param>
/// <param name="Series">The markers.</param>
internal sealed record RowPanel(string Title, string XLabel, bool Logarithmic, IReadOnlyList<RowSeries> Series)
{
    /// <summary>The right end of a scale that isn't logarithmic; null for what the figures need.</summary>
    public double? Maximum { get; init; }
}

/// <summary>One marker in every row of a <see cref="RowPanel"/>.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Shape">The marker, of one name the same in all charts.</param>
/// <param name="Value">The figure of an ansatz's analysis; null where there is none.</param>
internal sealed record RowSeries(string Name, MarkerShape Shape, Func<AnsatzAnalysis, Estimate?> Value);
