using Fovea.Reporting.Charts;
using ScottPlot;

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
        var rows = (panels.Count + columns - 1) / columns;
        var (panelWidth, height) = (Width / columns, rows * PanelHeight);
        LegendItem[] items = [.. Legend(panels, theme)];
        var legend = LegendRow * (1 + (items.Sum(item => item.LabelText.Length + 8) / LegendLetters)) + 18;
        using var canvas = new ChartCanvas(Width, height + legend);
        foreach (var (place, panel) in panels.Index())
            canvas.Add(panel.Draw(theme), place % columns * panelWidth, place / columns * PanelHeight, panelWidth, PanelHeight);
        for (var place = panels.Count; place < rows * columns; place++)
            canvas.Add(theme.NewLegend([], Orientation.Vertical), place % columns * panelWidth, place / columns * PanelHeight, panelWidth, PanelHeight);
        canvas.Add(theme.NewLegend(items, Orientation.Horizontal), 0, height, Width, legend);
        return canvas.Png();
    }

    private static IEnumerable<LegendItem> Legend(IReadOnlyList<SeriesPanel> panels, ChartTheme theme) =>
        panels.SelectMany(panel => panel.Series.Select(series => (panel.Joined, Series: series))).DistinctBy(entry => entry.Series.Name).Select(entry => new LegendItem
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
