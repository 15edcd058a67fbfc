using ScottPlot;

namespace Fovea.Reporting.Charts;

/// <summary>Panels of one size, row after row, over a strip with their legend. Lengths are in pixels of a screen.</summary>
/// <param name="Columns">Panels in a row.</param>
/// <param name="PanelWidth">Width of a panel.</param>
/// <param name="PanelHeight">Height of a panel.</param>
/// <param name="LegendHeight">Height of the strip.</param>
public sealed record PanelGrid(int Columns, int PanelWidth, int PanelHeight, int LegendHeight)
{
    /// <summary>The picture as PNG. Disposes of the plots.</summary>
    /// <param name="panels">A plot each.</param>
    /// <param name="legend">What the strip says.</param>
    /// <param name="theme">Colours of the rest.</param>
    public byte[] Png(IReadOnlyList<Plot> panels, IEnumerable<LegendItem> legend, ChartTheme theme)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentNullException.ThrowIfNull(theme);
        var rows = (panels.Count + Columns - 1) / Columns;
        var (width, height) = (Columns * PanelWidth, rows * PanelHeight);
        using var canvas = new ChartCanvas(width, height + LegendHeight);
        for (var place = 0; place < rows * Columns; place++)
        {
            // Left out, a place would be transparent and show the page's colour.
            var plot = place < panels.Count ? panels[place] : theme.NewLegend([], Orientation.Vertical);
            canvas.Add(plot, place % Columns * PanelWidth, place / Columns * PanelHeight, PanelWidth, PanelHeight);
        }

        canvas.Add(theme.NewLegend(legend, Orientation.Horizontal), 0, height, width, LegendHeight);
        return canvas.Png();
    }
}
