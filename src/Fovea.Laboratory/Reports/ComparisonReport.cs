using Fovea.Core.Files;
using Fovea.Laboratory.Reports.Charts;
using Fovea.Laboratory.Reports.Pages;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Charts;

namespace Fovea.Laboratory.Reports;

/// <summary>A comparison as files: tables for programs, charts, and a page that holds all of it and needs no other file.</summary>
public static class ComparisonReport
{
    /// <summary>The page.</summary>
    public const string PageName = "index.html";

    /// <summary>
    /// Writes <c>comparison.csv</c>, <c>gradients.csv</c>, <c>decay.csv</c>, <c>comparison.json</c>, the charts as PNG and last
    /// <see cref="PageName"/>, each file at once or not at all.
    /// </summary>
    /// <param name="comparison">What is written.</param>
    /// <param name="folder">An existing folder.</param>
    /// <returns>The names of the files, in that order.</returns>
    /// <exception cref="ArgumentException">The comparison has no analysis.</exception>
    public static IReadOnlyList<string> Write(AnsatzComparison comparison, string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var view = new ComparisonView(comparison);
        var tradeOff = TradeOff.Find(view);
        var charts = ReportCharts.All(view, tradeOff);
        CsvTable.Write(Path.Combine(folder, "comparison.csv"), ComparisonCsv.Columns(view), view.Cells);
        CsvTable.Write(Path.Combine(folder, "gradients.csv"), GradientCsv.Pairs, GradientPair.All(view.Cells));
        CsvTable.Write(Path.Combine(folder, "decay.csv"), GradientCsv.Decays, comparison.Decays);
        ComparisonJson.Format.Write(Path.Combine(folder, "comparison.json"), ComparisonDocument.Of(view));
        List<PageChart> drawn = [];
        foreach (var chart in charts)
        {
            drawn.Add(PageChart.Draw(chart));
            AtomicFile.Write(Path.Combine(folder, chart.FileName), stream => stream.Write(drawn[^1].Light));
        }

        AtomicFile.WriteText(Path.Combine(folder, PageName), ComparisonPage.Text(view, tradeOff, drawn));
        return ["comparison.csv", "gradients.csv", "decay.csv", "comparison.json", .. charts.Select(chart => chart.FileName), PageName];
    }
}
