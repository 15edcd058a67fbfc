using Fovea.Laboratory.Circuits;

namespace Fovea.Laboratory.Results;

/// <summary>Everything that is found out about one ansatz at one size. Figures are those of <see cref="Subject"/>, seeded by <see cref="Seed"/>.</summary>
public sealed record AnsatzAnalysis
{
    /// <summary>The circuit under study.</summary>
    public required AnsatzSubject Subject { get; init; }

    /// <summary>Seed of all draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gates, parameters and speed.</summary>
    public required CircuitCost Cost { get; init; }

    /// <summary>What can be said exactly.</summary>
    public required CircuitStructure Structure { get; init; }

    /// <summary>Sizes of derivatives.</summary>
    public required GradientVariance Gradients { get; init; }

    /// <summary>Entanglement of the states.</summary>
    public required StateEntanglement Entanglement { get; init; }

    /// <summary>How evenly the states cover the space of states; null for more qubits than it can be told for.</summary>
    public StateExpressibility? Expressibility { get; init; }

    /// <summary>Which functions of the inputs the outputs can be; null where it was not asked for or has too many terms.</summary>
    public FourierSpectrum? Spectrum { get; init; }

    /// <summary>What noise does, one entry a noise.</summary>
    public required IReadOnlyList<NoiseResilience> Resilience { get; init; }

    /// <summary>Seconds that the analysis took on one thread.</summary>
    public double Seconds { get; init; }
}
