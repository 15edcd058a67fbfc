using ScottPlot;

namespace Fovea.Study.Reports.Charts;

/// <summary>Points of one arm or one device.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Index">Its place among all of the chart: what it looks like.</param>
/// <param name="Points">In the order of their places.</param>
internal sealed record ChartSeries(string Name, int Index, IReadOnlyList<ChartPoint> Points)
{
    // Okabe and Ito without yellow, which is lost on white; their black is a grey that shows on dark too.
    private static readonly string[] Palette = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#808080"];

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    public Color Color => ScottPlot.Color.FromHex(Palette[Index % Palette.Length]);

    // Beyond the hues and in print without colour it is the marker that tells.
    public MarkerShape Marker => Shapes[Index % Shapes.Length];
}
