namespace Fovea.Reporting.Charts;

/// <summary>A chart of a report.</summary>
/// <param name="FileName">Its file in the report's folder.</param>
/// <param name="Title">Heading on the page.</param>
/// <param name="Caption">What to read from it, with what it leaves out.</param>
/// <param name="Png">Draws it.</param>
public sealed record ReportChart(string FileName, string Title, string Caption, Func<ChartTheme, byte[]> Png);
