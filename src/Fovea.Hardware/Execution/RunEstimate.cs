namespace Fovea.Hardware.Execution;

/// <summary>Expectation values of one circuit at one level of noise.</summary>
/// <param name="Values">[output].</param>
/// <param name="Errors">[output], standard errors; empty where values are exact.</param>
/// <param name="Method">How it was computed, and why so.</param>
/// <param name="Outcomes">Measured bit masks with their counts; null without shots.</param>
internal sealed record RunEstimate(double[] Values, double[] Errors, string Method, IReadOnlyDictionary<ulong, int>? Outcomes = null);
