using Fovea.Laboratory.Reports.Json;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports;

/// <summary>One analysis as a file.</summary>
public static class AnalysisReport
{
    /// <summary>The file's name.</summary>
    public const string FileName = "analysis.json";

    /// <summary>Writes <see cref="FileName"/> into an existing folder.</summary>
    public static void Write(AnsatzAnalysis analysis, string folder) => ComparisonJson.Format.Write(Path.Combine(folder, FileName), Checked(analysis));

    /// <summary>The analysis as JSON.</summary>
    public static string Json(AnsatzAnalysis analysis) => ComparisonJson.Format.Text(Checked(analysis));

    private static AnsatzAnalysis Checked(AnsatzAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis;
    }
}
