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

    // A single panel is no poster: it stays as large as one of two.
    public static byte[] Png(IReadOnlyList<CurvePanel> panels, ChartTheme theme) =>
        new PanelGrid(Math.Min(panels.Count, Columns), panels.Count == 1 ? 2 * PanelWidth : PanelWidth, PanelHeight, LegendHeight)
            .Png([.. panels.Select(panel => panel.Draw(theme))], Legend(panels, theme), theme);

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
