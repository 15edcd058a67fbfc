using ScottPlot;
using SkiaSharp;

namespace Fovea.Reporting.Charts;

/// <summary>A chart of a report.</summary>
/// <param name="FileName">Its file in the report's folder.</param>
/// <param name="Title">Heading on the page.</param>
/// <param name="Caption">What to read from it, with what it leaves out.</param>
/// <param name="Png">Draws it.</param>
public sealed record ReportChart(string FileName, string Title, string Caption, Func<ChartTheme, byte[]> Png);

/// <summary>A chart drawn for readers with light and with dark pages, as PNG.</summary>
/// <param name="Chart">What is drawn.</param>
/// <param name="Light">On white.</param>
/// <param name="Dark">On dark.</param>
public sealed record PageChart(ReportChart Chart, byte[] Light, byte[] Dark)
{
    /// <summary>Draws a chart both ways.</summary>
    public static PageChart Draw(ReportChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new(chart, chart.Png(ChartTheme.Light), chart.Png(ChartTheme.Dark));
    }
}

/// <summary>Colours of everything but the data.</summary>
/// <param name="Background">Behind the data and around it.</param>
/// <param name="Ink">Axes, titles, marks that are no data.</param>
/// <param name="Faint">What stands back.</param>
/// <param name="Grid">Lines of the grid.</param>
public sealed record ChartTheme(Color Background, Color Ink, Color Faint, Color Grid)
{
    /// <summary>For light pages and paper.</summary>
    public static ChartTheme Light { get; } = new(Colors.White, Color.FromHex("#1f2328"), Color.FromHex("#6b7280"), Color.FromHex("#e3e6ea"));

    /// <summary>For dark pages.</summary>
    public static ChartTheme Dark { get; } = new(Color.FromHex("#16191d"), Color.FromHex("#e6e8eb"), Color.FromHex("#9aa3ad"), Color.FromHex("#2e343b"));

    /// <summary>An empty plot in these colours.</summary>
    public Plot NewPlot(string title, string xLabel, string yLabel)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Background;
        plot.DataBackground.Color = Background;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Grid;
        plot.Axes.Right.FrameLineStyle.IsVisible = plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Title(title, size: 15);
        plot.XLabel(xLabel, size: 13);
        plot.YLabel(yLabel, size: 13);
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Font.Set(ChartFont.Name);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 12;
        return plot;
    }

    /// <summary>A plot that is nothing but a legend, so that no legend covers data.</summary>
    public Plot NewLegend(IEnumerable<LegendItem> items, Orientation orientation)
    {
        var plot = NewPlot("", "", "");
        plot.HideAxesAndGrid();
        plot.Layout.Frameless();
        var legend = plot.ShowLegend(items, orientation == Orientation.Vertical ? Alignment.MiddleLeft : Alignment.MiddleCenter);
        legend.Orientation = orientation;
        legend.FontSize = 12;
        legend.SymbolWidth = orientation == Orientation.Vertical ? 34 : 20;
        legend.FontName = ChartFont.Name;
        legend.FontColor = Ink;
        legend.BackgroundColor = Background;
        legend.TightHorizontalWrapping = true;
        legend.OutlineWidth = 0;
        legend.ShadowColor = Colors.Transparent;
        return plot;
    }
}

/// <summary>The letters of charts.</summary>
public static class ChartFont
{
    private static readonly string[] Wanted = ["Noto Sans", "Open Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans"];

    /// <summary>A sans-serif font that is installed: asked for one that isn't, some systems give letters with serifs.</summary>
    public static string Name { get; } = Wanted.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Default;
}
