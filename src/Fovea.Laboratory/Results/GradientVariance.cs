namespace Fovea.Laboratory.Results;

/// <summary>
/// Mean squares of derivatives ∂⟨Z_w⟩/∂θ_k over parameters and inputs uniform in [0, 2π). For RX, RY and
/// RZ that is a whole period, the mean derivative is 0 and this is the variance (McClean et al. 2018, arXiv 1803.11173). Controlled rotations have
/// the period 4π: for them it is the mean square and no more.
/// </summary>
public sealed record GradientVariance
{
    /// <summary>Mean over all pairs of an output w and a parameter k; pairs without dependence count as 0.</summary>
    public required Estimate AllPairs { get; init; }

    /// <summary>Mean over the pairs that depend on each other.</summary>
    public required Estimate LivePairs { get; init; }

    /// <summary>[output]: mean over the parameters that it depends on; 0 when there is none.</summary>
    public required IReadOnlyList<Estimate> ByOutput { get; init; }

    /// <summary>[parameter]: mean over the outputs that depend on it; 0 when there is none.</summary>
    public required IReadOnlyList<Estimate> ByParameter { get; init; }

    /// <summary>[output][parameter].</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Pairs { get; init; }
}

/// <summary>The fit Var ∝ e^(−rate·n) of <see cref="GradientVariance.LivePairs"/> over the numbers of qubits of one ansatz at one number of layers.</summary>
/// <param name="Ansatz">Name of the ansatz.</param>
/// <param name="Layers">Number of layers.</param>
/// <param name="Qubits">The numbers of qubits fitted.</param>
/// <param name="Rate">Rate a qubit; ln 2 halves the variance with each. Null, as the next three, where there are too few sizes for a fit.</param>
/// <param name="Low">Lower end of the rate's 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Intercept">ln Var at n = 0 by the fit.</param>
/// <param name="Trend">What the interval says.</param>
public sealed record GradientDecay(
    string Ansatz, int Layers, IReadOnlyList<int> Qubits, double? Rate, double? Low, double? High, double? Intercept, GradientTrend Trend);

/// <summary>What a fitted rate says about gradients in larger circuits.</summary>
public enum GradientTrend
{
    /// <summary>Too few sizes, or no live gradients, to say.</summary>
    Unknown,

    /// <summary>The interval's upper end is below ln(2)/4: no exponential loss worth the name in this range.</summary>
    Flat,

    /// <summary>Neither of the others.</summary>
    Falling,

    /// <summary>The interval's lower end is above ln(2)/2: the variance halves at least every two qubits, a barren plateau in the making.</summary>
    Barren,
}
