namespace Fovea.Study.Results;

/// <summary>A measured value of one cell with its 95 % interval over images.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">Lower end; null when there is no interval.</param>
/// <param name="High">Upper end; null when there is no interval.</param>
public sealed record CellFigure(double Value, double? Low = null, double? High = null);
