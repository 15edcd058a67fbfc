using System.Xml.Linq;
using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Judging.Reports.Pages;

/// <summary>What was not measured, and why.</summary>
internal static class OmissionsSection
{
    public static XElement Of(IReadOnlyList<Omission> omissions) =>
        PageParts.Section(
            "omissions", "What was not measured",
            omissions.Count == 0
                ? PageParts.Note("Nothing was left out.")
                : Classed("dl", "definitions", omissions.Select(omission => PageParts.Term(omission.What, omission.Reason))));
}
