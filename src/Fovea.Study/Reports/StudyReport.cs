using Fovea.Core.Files;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Json;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Charts;
using Fovea.Study.Reports.Json;
using Fovea.Study.Reports.Pages;
using Fovea.Study.Reports.Tables;

namespace Fovea.Study.Reports;

/// <summary>A study as files: tables for programs, and a page that holds all of it and needs no other file.</summary>
public static class StudyReport
{
    /// <summary>The page.</summary>
    public const string PageName = "report.html";

    /// <summary>All figures and comparisons.</summary>
    public const string JsonName = "report.json";

    /// <summary>A row a cell and metric.</summary>
    public const string CsvName = "report.csv";

    /// <summary>A row a comparison.</summary>
    public const string ComparisonsName = "comparisons.csv";

    /// <summary>Writes the four files, the page last, each at once or not at all.</summary>
    /// <param name="analysis">What is written.</param>
    /// <param name="resultsFolder">Holds a picture NAME.png of each cell.</param>
    /// <param name="outputFolder">An existing folder.</param>
    /// <returns>The names of the files, the page last.</returns>
    public static IReadOnlyList<string> Write(StudyAnalysis analysis, string resultsFolder, string outputFolder)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(outputFolder);
        StudyCsv.WriteCells(Path.Combine(outputFolder, CsvName), analysis);
        StudyCsv.WriteComparisons(Path.Combine(outputFolder, ComparisonsName), analysis);
        new ReportJson().Write(Path.Combine(outputFolder, JsonName), StudyDocument.Of(analysis));
        var (charts, skipped) = StudyCharts.Of(analysis);
        PageChart[] drawn = [.. charts.Select(PageChart.Of)];
        AtomicFile.WriteText(Path.Combine(outputFolder, PageName), StudyPage.Text(analysis, drawn, skipped, new StudyPictures(resultsFolder)));
        return [CsvName, ComparisonsName, JsonName, PageName];
    }
}
