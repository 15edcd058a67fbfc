using Fovea.Judging.Assessment.Results;
using Fovea.Reporting.Charts;

namespace Fovea.Judging.Reports.Charts;

/// <summary>The charts of an evaluation that there are figures for.</summary>
internal static class EvaluationCharts
{
    public const string Frechet = "frechet.png";
    public const string Fundus = "fundus.png";
    public const string Copies = "memorisation.png";

    private const string FrechetCaption =
        "Fewer images make the distance larger, about in proportion to 1/N; the line meets the left edge at the distance of ever more images. "
            + "Figures may be compared at the same N only.";

    private const string FundusCaption = "Means over the images, but for vessels: a share for each image.";

    private const string CopiesCaption =
        "A generator that copies nothing has its curve on that of the held-out images or to the right of it. Copies lift it at the left, "
            + "before the dashed lines.";

    public static IEnumerable<ReportChart> Of(EvaluationResult result) =>
    [
        .. Chart(Frechet, "Fréchet distance and number of images", FrechetCaption, result.Features.Select(FrechetPanel.Of).OfType<CurvePanel>()),
        .. Chart(Fundus, "Hues, light and vessels", FundusCaption, FundusPanels.Of(result.Fundus)),
        .. Chart(Copies, "Distance to the nearest training image", CopiesCaption, result.Memorisation.Select(CopyPanel.Of).OfType<CurvePanel>()),
    ];

    private static IEnumerable<ReportChart> Chart(string file, string title, string caption, IEnumerable<CurvePanel> panels)
    {
        CurvePanel[] shown = [.. panels];
        if (shown.Length > 0)
            yield return new(file, title, caption, theme => CurveChart.Png(shown, theme));
    }
}
