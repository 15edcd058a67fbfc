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
    public static PageChart Of(ReportChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new(chart, chart.Png(ChartTheme.Light), chart.Png(ChartTheme.Dark));
    }
}
