using Fovea.Reporting.Charts;
using ScottPlot;

namespace Fovea.Study.Reports.Charts;

/// <summary>Points of one arm or one device.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Index">Its place among all of the chart: what it looks like.</param>
/// <param name="Points">In the order of their places.</param>
internal sealed record ChartSeries(string Name, int Index, IReadOnlyList<ChartPoint> Points)
{
    public Color Color => SeriesLook.Color(Index);

    // Beyond the hues and in print without colour it is the marker that tells.
    public MarkerShape Marker => SeriesLook.Marker(Index);
}
