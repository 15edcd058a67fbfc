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
        LegendItem[] items = [.. Legend(panels, theme)];
        var legend = LegendRow * (1 + (items.Sum(item => item.LabelText.Length + 8) / LegendLetters)) + 18;
        return new PanelGrid(columns, Width / columns, PanelHeight, legend).Png([.. panels.Select(panel => panel.Draw(theme))], items, theme);
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
