using ScottPlot;

namespace Fovea.Reporting.Charts;

/// <summary>What series look like, by their places among all of a report: colour-blind readers tell seven hues apart, on white and on dark.</summary>
public static class SeriesLook
{
    /// <summary>Series that no two share a hue among.</summary>
    public const int Hues = 7;

    // Okabe and Ito without yellow, which is lost on white; their black is a grey that shows on dark too.
    private static readonly string[] Palette = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#808080"];

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    /// <summary>The hue at a place; beyond the last they begin again.</summary>
    public static Color Color(int place) => ScottPlot.Color.FromHex(Palette[place % Hues]);

    /// <summary>The marker at a place; beyond the last they begin again.</summary>
    public static MarkerShape Marker(int place) => Shapes[place % Shapes.Length];
}
