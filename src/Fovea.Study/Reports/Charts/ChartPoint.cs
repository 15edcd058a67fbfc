using Fovea.Study.Results;

namespace Fovea.Study.Reports.Charts;

/// <summary>A point of a chart.</summary>
/// <param name="X">Its place.</param>
/// <param name="Y">Its value with its interval, in the unit of the panel.</param>
internal sealed record ChartPoint(double X, CellFigure Y);
