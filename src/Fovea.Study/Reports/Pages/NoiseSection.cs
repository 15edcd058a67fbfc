using System.Xml.Linq;
using Fovea.Reporting.Pages;
using Fovea.Reporting.Words;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Words;

namespace Fovea.Study.Reports.Pages;

/// <summary>Arms whose circuits ran on noisy devices.</summary>
internal static class NoiseSection
{
    public static XElement Of(StudyAnalysis analysis) =>
        PageParts.Section(
            "noise", "Noise",
            analysis.Noise.Count == 0
                ? PageParts.Note(analysis.Definition.Noise is null ? "The study has no noise sweep." : "No cell of the noise sweep is finished.")
                : new object?[]
                {
                    PageParts.Note("The same images drawn again with the circuits on a device whose noise is multiplied by the scale. The difference is to the ideal circuits, image by image."),
                    Table(analysis.Noise),
                });

    private static XElement Table(IReadOnlyList<NoiseSummary> levels)
    {
        string[] networks = [.. levels.SelectMany(level => level.Frechet).Select(frechet => frechet.Network).Distinct()];
        return PlainTable.Of(
            "Under noise",
            ["arm", "trained on", "device", "scale", "seeds", "gradable", "difference to ideal", "95 % interval", "change (grey levels)", .. networks.Select(network => $"FD({network})")],
            levels.Select(level => (IReadOnlyList<object?>)
            [
                level.Arm, level.Size, level.Profile.Length == 0 ? "ideal" : level.Profile, Figures.Number(level.Scale), level.Seeds,
                StudyFigures.Value(MetricUnit.Share, level.Gradable),
                level.AgainstIdeal is { } difference ? StudyFigures.Difference(difference) : Figures.None,
                level.AgainstIdeal is { } compared ? StudyFigures.Interval(compared) : Figures.None,
                StudyFigures.Value(MetricUnit.Number, level.Change),
                .. networks.Select(network => StudyFigures.Value(MetricUnit.Number, level.Frechet.FirstOrDefault(frechet => frechet.Network == network).Value)),
            ]));
    }
}
