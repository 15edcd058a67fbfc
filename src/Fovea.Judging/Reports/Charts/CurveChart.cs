using Fovea.Reporting.Charts;
using ScottPlot;

namespace Fovea.Judging.Reports.Charts;

/// <summary>Panels side by side over one legend.</summary>
internal static class CurveChart
{
    private const int PanelWidth = 460;
    private const int PanelHeight = 340;
    private const int LegendHeight = 44;
    private const int Columns = 3;

    public static byte[] Png(IReadOnlyList<CurvePanel> panels, ChartTheme theme)
    {
        // A single panel is no poster: it stays as large as one of two.
        var columns = Math.Clamp(panels.Count, 2, Columns);
        var rows = (panels.Count + columns - 1) / columns;
        var (width, height) = (columns * PanelWidth, rows * PanelHeight);
        using var canvas = new ChartCanvas(width, height + LegendHeight);
        var panelWidth = panels.Count == 1 ? width : PanelWidth;
        foreach (var (place, panel) in panels.Index())
            canvas.Add(panel.Draw(theme), place % columns * PanelWidth, place / columns * PanelHeight, panelWidth, PanelHeight);
        for (var place = panels.Count == 1 ? columns : panels.Count; place < rows * columns; place++)
            canvas.Add(theme.NewLegend([], Orientation.Vertical), place % columns * PanelWidth, place / columns * PanelHeight, PanelWidth, PanelHeight);
        canvas.Add(theme.NewLegend(Legend(panels, theme), Orientation.Horizontal), 0, height, width, LegendHeight);
        return canvas.Png();
    }

    private static IEnumerable<LegendItem> Legend(IReadOnlyList<CurvePanel> panels, ChartTheme theme) =>
        panels.SelectMany(panel => panel.Curves).DistinctBy(curve => curve.Name).Select(curve => new LegendItem
        {
            LabelText = curve.Name,
            LineColor = curve.Color(theme),
            LineWidth = curve.IsMarkers ? 0 : 2,
            LinePattern = curve.Pattern,
            MarkerShape = curve.IsMarkers ? MarkerShape.FilledCircle : MarkerShape.None,
            MarkerColor = curve.Color(theme),
            MarkerSize = 8,
        });
}
