using Fovea.Laboratory.Reports.Views;
using Fovea.Reporting.Charts;
using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>
/// How an ansatz looks in every chart. Ansätze beyond the seventh share hues, so charts of lines put each seven in panels of their own and the
/// marker changes with the seven.
/// </summary>
internal static class AnsatzMark
{
    /// <summary>Its colour in every chart.</summary>
    public static Color Color(this AnsatzEntry entry) => SeriesLook.Color(entry.Index);

    /// <summary>Its marker where ansätze are told apart by it.</summary>
    public static MarkerShape Marker(this AnsatzEntry entry) => SeriesLook.Marker(entry.Index / SeriesLook.Hues);

    /// <summary>The marker of a noise, where ansätze are told apart by rows.</summary>
    public static MarkerShape OfNoise(ComparisonView view, string noise) => SeriesLook.Marker(view.Noises.Index().First(n => n.Item == noise).Index);
}
