using System.Xml.Linq;
using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Reports.Words;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>What the numbers say, in words.</summary>
internal static class FindingsSection
{
    public static XElement Of(ComparisonView view, TradeOff tradeOff) =>
        PageParts.Section(
            "findings", "Findings",
            PageParts.Note("Sentences made from the numbers by fixed rules; ± is one standard error of sampling."),
            Overall([.. AnsatzFindings.Overall(view, tradeOff)]),
            Classed("div", "findings", view.Ansaetze.Select(entry => Of(view, entry))));

    private static XElement? Overall(string[] sentences) => sentences.Length == 0 ? null : Element("ul", sentences.Select(sentence => Element("li", sentence)));

    private static XElement Of(ComparisonView view, AnsatzEntry entry) =>
        Element(
            "section",
            Element("h3", AnsatzName.Of(entry.Ansatz)),
            Classed("p", "about", entry.Ansatz.Description),
            Element("ul", AnsatzFindings.Of(view, entry).Select(sentence => Element("li", sentence))));
}
