using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Where a label goes, from its marker's centre.</summary>
/// <param name="Offset">From the centre to the label's anchor, in pixels.</param>
/// <param name="Anchor">Which point of the label lies there.</param>
internal readonly record struct LabelPlace(PixelOffset Offset, Alignment Anchor);
