namespace Fovea.Laboratory.Results;

/// <summary>The fit Var ∝ e^(−rate·n) of <see cref="GradientVariance.LivePairs"/> over the numbers of qubits of one ansatz at one number of layers.</summary>
/// <param name="Ansatz">Name of the ansatz.</param>
/// <param name="Layers">Number of layers.</param>
/// <param name="Qubits">The numbers of qubits fitted.</param>
/// <param name="Rate">Rate a qubit; ln 2 halves the variance with each.</param>
/// <param name="Low">Lower end of the rate's 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Intercept">ln Var at n = 0 by the fit.</param>
/// <param name="Trend">What the interval says.</param>
public sealed record GradientDecay(
    string Ansatz, int Layers, IReadOnlyList<int> Qubits, double Rate, double Low, double High, double Intercept, GradientTrend Trend);
