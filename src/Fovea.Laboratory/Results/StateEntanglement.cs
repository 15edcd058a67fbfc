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
