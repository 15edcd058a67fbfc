using Fovea.Laboratory.Reports.Views;
using Fovea.Quantum.Ansaetze;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>The name of an ansatz on the page, its status set apart where it is a reconstruction.</summary>
internal static class AnsatzName
{
    public static object[] Of(Ansatz ansatz) =>
        AnsatzLabel.Remark(ansatz) is { } remark ? [ansatz.Name + " ", Classed("span", "label", $"({remark})")] : [ansatz.Name];
}
