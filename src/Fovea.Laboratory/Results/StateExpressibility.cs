namespace Fovea.Laboratory.Results;

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
