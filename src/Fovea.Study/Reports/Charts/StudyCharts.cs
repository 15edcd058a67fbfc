using Fovea.Reporting.Charts;
using Fovea.Study.Analysis;
using Fovea.Study.Reports.Words;

namespace Fovea.Study.Reports.Charts;

/// <summary>The charts of a study that there is data for, and a sentence for each other one.</summary>
internal static class StudyCharts
{
    private const string Bars = "Bars: of gradable shares Wilson's interval over all images, of distances Student's over seeds, or with one seed the interval over images. ";

    public static (IReadOnlyList<ReportChart> Charts, IReadOnlyList<string> Skipped) Of(StudyAnalysis analysis)
    {
        List<ReportChart> charts = [];
        List<string> skipped = [];
        var size = analysis.Arms.First(arm => arm.Cells.Count > 0).Size;
        Add("parameters", "Quality and parameters of the denoiser", $"Trained on {ComparisonWords.Size(size.Name)}. {Bars}Arms of equal size stand over each other.", ArmPanels.Parameters(analysis, size), "");
        Add(
            "sizes", "Quality and number of training images", $"Lines join the cells of an arm and are no fit. {Bars}", ArmPanels.Sizes(analysis),
            "No chart against the number of training images: cells of one number alone are finished.");
        Add(
            "noise", "Quality and noise of the device", $"0 is the ideal circuit. Fewer images than the arms' figures have, so distances are larger. {Bars}", NoisePanels.Of(analysis),
            "No chart against noise: no finished cell has figures of a noise sweep.");
        return (charts, skipped);

        void Add(string file, string title, string caption, IReadOnlyList<SeriesPanel> panels, string otherwise)
        {
            if (panels.Count > 0)
                charts.Add(new(file + ".png", title, caption.TrimEnd(), theme => SeriesChart.Png(panels, theme)));
            else if (otherwise.Length > 0)
                skipped.Add(otherwise);
        }
    }
}
