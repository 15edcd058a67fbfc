using System.Xml.Linq;
using Fovea.Core;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Fovea.Study.Definitions;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>What every arm tried before, and what was chosen.</summary>
internal static class TuningSection
{
    public static XElement Build(TuningResult tuning) =>
        PageParts.Section(
            "tuning", "Tuning",
            PageParts.Note(
                $"Every arm had the same {tuning.Arms[0].Tries.Count} tries at seeds {Phrases.Ranges(tuning.Seeds)}, which are used for nothing else"
                    + (tuning.Steps is { } steps ? $", for {Counted.Of(steps, "step")}" : "")
                    + ". Figures are held-out losses, means over these seeds; the lowest was chosen, the first of equals."),
            PlainTable.Draw("Tries", ["arm", .. tuning.Arms[0].Tries.Select(item => item.Name)], tuning.Arms.Select(Row)),
            Classed(
                "dl",
                "settings",
                tuning.Arms[0].Tries.SelectMany(
                    item => PageParts.Term(item.Name, item.Set.Count == 0 ? "as the study has it" : string.Join(", ", item.Set)))));

    private static IReadOnlyList<object?> Row(TunedArm arm) =>
        [arm.Arm, .. arm.Tries.Select(item => item.Name == arm.Chosen ? (object)Element("strong", item.Text) : item.Text)];
}
