using System.Xml.Linq;
using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>Every dead parameter with its reason, folded away.</summary>
internal static class DeadSection
{
    public static XElement Of(ComparisonView view) =>
        PageParts.Section(
            "dead", "Dead parameters", PageParts.Note("Parameters that no output depends on, with the gate that takes each."), view.Ansaetze.Select(Of));

    private static XElement Of(AnsatzEntry entry)
    {
        AnsatzAnalysis[] cells = [.. entry.Cells.Where(cell => cell.Structure.DeadParameters.Count > 0)];
        return cells.Length == 0
            ? Element("p", AnsatzName.Of(entry.Ansatz), ": none at any size.")
            : Element(
                "details",
                Element("summary", AnsatzName.Of(entry.Ansatz), $": at {cells.Length} of {Figures.Count(entry.Cells.Count, "size")}"),
                Element("dl", cells.Select(Of)));
    }

    private static object[] Of(AnsatzAnalysis cell) =>
    [
        Element("dt", $"{cell.Size()}: {cell.Structure.DeadParameters.Count} of {cell.Cost.Parameters}"),
        .. cell.Structure.DeadParameters.GroupBy(dead => dead.Reason).Select(dead => Element("dd", $"{dead.Key}: {string.Join(", ", dead.Select(Parameter))}")),
    ];

    private static string Parameter(DeadParameter dead) => dead.Gate.Length == 0 ? $"w{dead.Index}" : dead.Gate;
}
