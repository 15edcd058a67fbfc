using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>Makes columns of tables of analyses.</summary>
internal static class AnsatzColumn
{
    public static TableColumn<AnsatzAnalysis> Of(string group, string heading, Func<AnsatzAnalysis, int?> count) =>
        TableColumns.Of(group, heading, count);

    public static TableColumn<AnsatzAnalysis> Of(string group, string heading, Func<AnsatzAnalysis, double?> number) =>
        TableColumns.Of(group, heading, number);

    /// <summary>The figure with its standard error, sorted by the figure.</summary>
    public static TableColumn<AnsatzAnalysis> Of(string group, string heading, Func<AnsatzAnalysis, Estimate?> estimate) =>
        new(group, heading, cell => Estimates.Text(estimate(cell)), cell => estimate(cell) is { } value ? Figures.Exact(value.Value) : "");
}
