namespace Fovea.Laboratory.Results;

/// <summary>
/// Entanglement of random states of the ansatz. Meyer–Wallach Q = 2(1 − mean_k Tr ρ_k²) is 0 for product states, 1 for GHZ states
/// (quant-ph/0108104); the entropy is −Tr ρ log₂ ρ of the first ⌊n/2⌋ wires, in bits.
/// </summary>
public sealed record StateEntanglement
{
    /// <summary>Q from |0…0⟩, random parameters.</summary>
    public required Estimate MeyerWallach { get; init; }

    /// <summary>Q with random inputs encoded.</summary>
    public required Estimate MeyerWallachEncoded { get; init; }

    /// <summary>Q of Haar-random states, (2ⁿ − 2)/(2ⁿ + 1).</summary>
    public required double MeyerWallachHaar { get; init; }

    /// <summary>Entropy of the half cut from |0…0⟩, in bits.</summary>
    public required Estimate HalfCutEntropy { get; init; }

    /// <summary>Entropy of the half cut with random inputs encoded, in bits.</summary>
    public required Estimate HalfCutEntropyEncoded { get; init; }

    /// <summary>Entropy of Haar-random states (Page 1993), in bits.</summary>
    public required double HalfCutEntropyHaar { get; init; }
}

/// <summary>
/// Kullback–Leibler divergence, in nats, of the fidelities between pairs of random states from those of Haar-random states; 0 is as even as can
/// be (Sim, Johnson and Aspuru-Guzik 2019, arXiv 1905.10876).
/// </summary>
public sealed record StateExpressibility
{
    /// <summary>From |0…0⟩, random parameters.</summary>
    public required Estimate Divergence { get; init; }

    /// <summary>With random inputs encoded.</summary>
    public required Estimate DivergenceEncoded { get; init; }

    /// <summary>Mean of what exactly Haar-random states show at this number of pairs, by sampling alone.</summary>
    public required double Floor { get; init; }

    /// <summary>Bins of the histogram.</summary>
    public required int Bins { get; init; }
}

/// <summary>
/// The outputs as functions of the inputs: f(x) = Σ_P c_P ∏_q t_P(x_q), where each factor is 1, sin kx_q or cos kx_q, k up to the number of
/// times that the inputs are encoded (Schuld, Sweke and Meyer 2021, arXiv 2008.08605). The order of a term is the number of inputs that stand in it.
/// </summary>
public sealed record FourierSpectrum
{
    /// <summary>[output]: terms with a coefficient that is not zero for all parameters.</summary>
    public required IReadOnlyList<int> Terms { get; init; }

    /// <summary>The highest order of any output's terms.</summary>
    public required int HighestOrder { get; init; }

    /// <summary>
    /// [order]: that order's share of the outputs' variance over inputs, the mean of its power over outputs and parameters by the mean of all; order 0, the
    /// mean, is left at 0.
    /// </summary>
    public required IReadOnlyList<Estimate> PowerByOrder { get; init; }

    /// <summary>Mean over outputs and parameters of an output's variance over inputs.</summary>
    public required Estimate Variance { get; init; }
}
