namespace Fovea.Laboratory.Results;

/// <summary>
/// The outputs as functions of the inputs: f(x) = Σ_P c_P ∏_q t_P(x_q), where each factor is 1, sin x_q or cos x_q (Schuld, Sweke and Meyer
/// 2021, arXiv 2008.08605). The order of a term is the number of inputs that stand in it.
/// </summary>
public sealed record FourierSpectrum
{
    /// <summary>[output]: terms with a coefficient that is not zero for all parameters.</summary>
    public required IReadOnlyList<int> Terms { get; init; }

    /// <summary>The highest order of any output's terms.</summary>
    public required int HighestOrder { get; init; }

    /// <summary>[order]: mean over outputs and parameters of that order's share of the outputs' variance over inputs; order 0, the mean, is left at 0.</summary>
    public required IReadOnlyList<Estimate> PowerByOrder { get; init; }

    /// <summary>Mean over outputs and parameters of an output's variance over inputs.</summary>
    public required Estimate Variance { get; init; }
}
