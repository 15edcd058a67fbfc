using System.Xml.Linq;
using Fovea.Reporting.Charts;
using Fovea.Reporting.Pages;

namespace Fovea.Study.Reports.Pages;

/// <summary>The charts that there are data for, and why others are missing.</summary>
internal static class ChartsSection
{
    public static XElement Of(IReadOnlyList<PageChart> charts, IReadOnlyList<string> skipped) =>
        PageParts.Section(
            "charts", "Charts",
            charts.Select(chart => PageParts.Figure(chart, "Its figures are in the tables of arms and of noise. Points at one place are drawn side by side.")),
            skipped.Select(PageParts.Note));
}
