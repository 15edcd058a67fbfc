using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>A figure at a number of qubits or layers.</summary>
internal readonly record struct CurvePoint(int X, Estimate Y);
