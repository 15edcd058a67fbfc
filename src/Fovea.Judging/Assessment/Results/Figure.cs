using Fovea.Evaluation.Statistics;

namespace Fovea.Judging.Assessment.Results;

/// <summary>A number with its uncertainty.</summary>
/// <param name="Value">The number for all images.</param>
/// <param name="Interval">Its 95 % interval over images; null where there is none.</param>
public readonly record struct Figure(double Value, Interval? Interval);
