using Fovea.Core.Files;
using Fovea.Judging.Assessment.Results;
using Fovea.Judging.Reports.Charts;
using Fovea.Judging.Reports.Json;
using Fovea.Judging.Reports.Pages;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Json;

namespace Fovea.Judging.Reports;

/// <summary>An evaluation as files: the figures for programs, and a page that holds all of it and needs no other file.</summary>
public static class EvaluationReport
{
    /// <summary>The page.</summary>
    public const string PageName = "report.html";

    /// <summary>The figures without pictures and without lists of a number an image.</summary>
    public const string JsonName = "report.json";

    /// <summary>Writes <see cref="JsonName"/> and last <see cref="PageName"/>, each at once or not at all.</summary>
    /// <param name="result">What is written.</param>
    /// <param name="folder">An existing folder.</param>
    /// <returns>The names of the files, in that order.</returns>
    public static IReadOnlyList<string> Write(EvaluationResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(folder);
        new ReportJson().Write(Path.Combine(folder, JsonName), EvaluationDocument.Of(result));
        PageChart[] charts = [.. EvaluationCharts.Of(result).Select(PageChart.Of)];
        AtomicFile.WriteText(Path.Combine(folder, PageName), EvaluationPage.Text(result, charts));
        return [JsonName, PageName];
    }
}
