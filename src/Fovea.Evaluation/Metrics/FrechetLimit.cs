namespace Fovea.Evaluation.Metrics;

/// <summary>The Fréchet distance that remains for ever more images, by a line in 1/N.</summary>
/// <param name="Value">The line's value at 1/N = 0; sampling noise may take it below 0.</param>
/// <param name="StandardError">
/// Its standard error from the scatter about the line. Subsets share images, so it leaves out what other images would have given.
/// </param>
/// <param name="Slope">The line's slope: distance = value + slope / N.</param>
/// <param name="Points">Every measured (N, distance).</param>
public sealed record FrechetLimit(double Value, double StandardError, double Slope, IReadOnlyList<FrechetPoint> Points);
