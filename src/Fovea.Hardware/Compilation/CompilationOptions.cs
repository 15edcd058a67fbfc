using Fovea.Core.Errors;

namespace Fovea.Hardware.Compilation;

/// <summary>How a circuit is compiled to a device.</summary>
public sealed record CompilationOptions
{
    /// <summary>Most trials accepted.</summary>
    public const int MaxTrials = 1000;

    /// <summary>Largest folding factor accepted.</summary>
    public const int MaxFoldingFactor = 99;

    /// <summary>Seed of the layout and routing trials: equal seeds give equal circuits.</summary>
    public ulong Seed { get; init; }

    /// <summary>Layouts that are routed, and most embeddings without SWAPs that are compared with them, 1 to <see cref="MaxTrials"/>.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>
    /// Odd f = 2k + 1, 1 to <see cref="MaxFoldingFactor"/>: every entangling gate G becomes G·(G†G)ᵏ, which is G with f times its
    /// noise, for extrapolation to zero noise (Giurgica-Tiron et al. 2020, arXiv 2005.10921).
    /// </summary>
    public int FoldingFactor { get; init; } = 1;

    /// <summary>Whether qubits relax while they wait for others, up to the common measurement.</summary>
    public bool RelaxationWhileIdle { get; init; } = true;

    /// <summary>
    /// Factor on the device's noise, not negative. Layout, routing and schedule are those of the device as it is, so that levels of
    /// noise compare the same gates.
    /// </summary>
    public double NoiseScale { get; init; } = 1;

    /// <summary>Every problem of these settings, one line each with the allowed values; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Trials is < 1 or > MaxTrials)
            problems.Add($"trials: {Trials} is outside 1..{MaxTrials}");
        if (FoldingFactor is < 1 or > MaxFoldingFactor || int.IsEvenInteger(FoldingFactor))
            problems.Add($"folding factor: {FoldingFactor} is not an odd number in 1..{MaxFoldingFactor}");
        if (!(NoiseScale >= 0 && double.IsFinite(NoiseScale)))
            problems.Add($"noise scale: {NoiseScale} is not a finite number from 0 on");
        return problems;
    }

    internal void ThrowIfInvalid()
    {
        var problems = Validate();
        if (problems.Count > 0)
            throw new InputException("compilation: " + string.Join("; ", problems));
    }
}
