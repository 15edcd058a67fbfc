using System.Xml.Linq;
using Fovea.Core;
using Fovea.Reporting;
using Fovea.Reporting.Pages;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Results;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Study.Reports.Pages;

/// <summary>What the study cannot show.</summary>
internal static class LimitsSection
{
    public static XElement Build(StudyAnalysis analysis) =>
        PageParts.Section("limits", "Limits", Classed("dl", "definitions", Limits(analysis).SelectMany(limit => PageParts.Term(limit.Name, limit.Text))));

    private static IEnumerable<(string Name, string Text)> Limits(StudyAnalysis analysis)
    {
        var seeds = analysis.Comparisons.SelectMany(question => question.Comparisons).Select(comparison => comparison.Seeds.Count).DefaultIfEmpty(0).Max();
        var trainings = analysis.Arms.Max(arm => arm.Cells.Count);
        yield return (
            "Small images",
            "The models are small and so are the images; what holds at this size need not hold at another. Fine structures are not seen at it.");
        yield return (
            "Few seeds",
            seeds == 0 && trainings > 1
                ? $"Intervals of the arms are over {trainings} trainings at most, and no two arms are compared."
                : seeds < 2
                ? "No two trainings of one arm to compare: how much another training would differ is not known, and no difference can be "
                    + "told from chance of training."
                : $"{SeedWords.Smallest(seeds)} {SeedWords.Least(seeds, Family(analysis))} An interval that holds 0 does not say that arms are alike: "
                    + "differences within it may be there.");
        yield return (
            "The same budget",
            $"{Budget([.. analysis.Cells.Select(cell => cell.Costs.DenoiserSteps).Distinct().Order()])}, not equal time; another learning rate or a longer "
                + "training may turn the order.");
        if (analysis.Definition.Arms.Any(arm => IsCircuit(arm.Autoencoder) || IsCircuit(arm.Denoiser)))
        {
            yield return (
                "Our reconstruction of the ansatz",
                "The authors' exact circuit was not available: results of ese2-recon are of our reconstruction and not of their program.");
        }

        CellGradability[] graded = [.. SettingsSection.Graded(analysis)];
        if (graded.Length > 0)
        {
            yield return (
                "Our grader",
                $"Gradability is the opinion of one network ({Phrases.Join([.. graded.Select(rate => rate.Grader).Distinct()])}), not of "
                    + "ophthalmologists. It sees blur and light, "
                    + $"not whether anatomy is right. Read it beside the rates of real and of reconstructed images. {Outside(graded)}");
        }

        yield return (
            "The same real images",
            $"All cells are compared with the same {(graded.Length > 0 ? $"{graded[0].Real.Total} " : "")}held-out images. Student's intervals are over seeds: "
                + "they do not know how other images would have done. "
                + "The column \"images alone\" says how far images move one pair of cells.");
        yield return (
            "Simulated circuits",
            "Circuits were simulated on a computer. Time and parameters say nothing of a quantum computer's speed.");
        if (analysis.Cells.Count() < analysis.States.Count)
            yield return ("Unfinished", StudyFindings.Progress(analysis));
    }

    private static string Budget(int[] steps) => steps.Length == 1
        ? $"All denoisers have {steps[0]} optimizer steps"
        : $"Denoisers have {steps[0]} to {steps[^1]} optimizer steps, as their settings or their convergence say";

    private static bool IsCircuit(BlockKind kind) => kind is BlockKind.Quantum or BlockKind.Frozen or BlockKind.Separable;

    private static int Family(StudyAnalysis analysis) => analysis.Comparisons.Max(question => question.Family);

    private static string Outside(CellGradability[] graded)
    {
        var reasons = graded.GroupBy(rate => rate.IsOutside).OrderBy(group => group.Key).Select(group => group.Key switch
        {
            true => $"In {Counted.Of(group.Count(), "cell")} it is an outside judge: {group.First().OutsideReason}.",
            false => $"In {Counted.Of(group.Count(), "cell")} it is NO outside judge: {group.First().OutsideReason}.",
            null => $"In {Counted.Of(group.Count(), "cell")} it is not known to be an outside judge: {group.First().OutsideReason}.",
        });
        return string.Join(' ', reasons);
    }
}
