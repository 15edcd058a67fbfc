namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>Terms of one output with a common left feature: left · Σ_t coefficient_t · feature_t.</summary>
/// <param name="Output">The output they are added to.</param>
/// <param name="Left">The common feature.</param>
/// <param name="Start">Index of the first term.</param>
/// <param name="End">Index after the last term.</param>
internal readonly record struct TermRow(int Output, int Left, int Start, int End);
