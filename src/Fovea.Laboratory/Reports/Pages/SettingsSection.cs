using System.Globalization;
using System.Xml.Linq;
using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>What the comparison was told to do.</summary>
internal static class SettingsSection
{
    public static XElement Of(ComparisonView view)
    {
        var comparison = view.Comparison;
        return Classed(
            "dl", "settings",
            Row("encoding", comparison.Encoding + (comparison.Reupload ? ", repeated before every layer" : ", once at the start")),
            Row("noises", view.Noises.Count == 0 ? "none" : string.Join(", ", view.Noises)),
            Row("draws", Draws(view)),
            Row("seed", comparison.Seed.ToString(CultureInfo.InvariantCulture)),
            Row("analyses", $"{view.Cells.Count}, in {Figures.Duration(comparison.Seconds)}"));
    }

    private static XElement[] Row(string name, string value) => [Element("dt", name), Element("dd", value)];

    private static string Draws(ComparisonView view)
    {
        string[] parts =
        [
            .. Part("gradients", view.Cells.Select(cell => cell.Gradients.LivePairs)),
            .. Part("entanglement", view.Cells.Select(cell => cell.Entanglement.MeyerWallachEncoded)),
            .. Part("expressibility", view.Cells.Where(cell => cell.Expressibility is not null).Select(cell => cell.Expressibility!.DivergenceEncoded)),
            .. Part("spectrum", view.Cells.Where(cell => cell.Spectrum is not null).Select(cell => cell.Spectrum!.Variance)),
            .. Part("noise", view.Cells.SelectMany(cell => cell.Resilience).Select(noise => noise.RelativeError).OfType<Estimate>()),
        ];
        return parts.Length == 0 ? "none: all figures are exact" : string.Join(", ", parts);
    }

    // Figures of one kind may take fewer draws at larger sizes.
    private static IEnumerable<string> Part(string name, IEnumerable<Estimate> estimates)
    {
        int[] samples = [.. estimates.Select(estimate => estimate.Samples).Where(count => count > 0)];
        if (samples.Length > 0)
            yield return $"{name} {(samples.Min() == samples.Max() ? $"{samples.Min()}" : $"{samples.Min()} to {samples.Max()}")}";
    }
}
