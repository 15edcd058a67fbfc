using Fovea.Laboratory.Reports.Views;
using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>
/// How an ansatz looks in every chart. Seven hues of Okabe and Ito that colour-blind readers tell apart and that show on white and on dark;
/// ansätze beyond the seventh share hues, so charts of lines put each seven in panels of their own and the marker changes with the seven.
/// </summary>
internal static class AnsatzMark
{
    /// <summary>Ansätze that no two share a hue among.</summary>
    public const int Hues = 7;

    // Without the set's yellow, which is lost on white; its black is a grey that shows on dark too.
    private static readonly string[] Palette = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#808080"];

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    /// <summary>Its colour in every chart.</summary>
    public static Color Color(this AnsatzEntry entry) => ScottPlot.Color.FromHex(Palette[entry.Index % Hues]);

    /// <summary>Its marker where ansätze are told apart by it.</summary>
    public static MarkerShape Marker(this AnsatzEntry entry) => Shapes[entry.Index / Hues % Shapes.Length];

    /// <summary>The marker of a noise, where ansätze are told apart by rows.</summary>
    public static MarkerShape OfNoise(ComparisonView view, string noise) => Shapes[view.Noises.Index().First(n => n.Item == noise).Index % Shapes.Length];
}
