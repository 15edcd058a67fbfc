using Fovea.Reporting.Json;

namespace Fovea.Laboratory.Reports.Json;

/// <summary>The JSON of analyses and comparisons.</summary>
internal static class ComparisonJson
{
    public static ReportJson Format { get; } = new(new AnsatzConverter(), new EncodingConverter(), new EstimateConverter());
}
