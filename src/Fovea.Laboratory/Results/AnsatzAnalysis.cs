using Fovea.Devices.Compilation;

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

/// <summary>Several ansätze at several sizes.</summary>
/// <param name="Cells">One analysis a size that an ansatz can be laid out on: by ansatz, then qubits, then layers.</param>
/// <param name="Decays">One fit an ansatz and number of layers.</param>
/// <param name="Encoding">Name of the encoding, as in settings.</param>
/// <param name="Reupload">Whether the encoding is repeated before every layer.</param>
/// <param name="Seed">Seed of all draws.</param>
/// <param name="Seconds">Wall time of the whole comparison.</param>
public sealed record AnsatzComparison(
    IReadOnlyList<AnsatzAnalysis> Cells, IReadOnlyList<GradientDecay> Decays, string Encoding, bool Reupload, ulong Seed, double Seconds);

/// <summary>A figure found by sampling.</summary>
/// <param name="Value">The figure.</param>
/// <param name="StandardError">Its standard error; 0 for a figure that is exact.</param>
/// <param name="Samples">Independent draws behind it; 0 for a figure that is exact.</param>
public readonly record struct Estimate(double Value, double StandardError, int Samples)
{
    /// <summary>A figure without sampling error.</summary>
    public static Estimate Exact(double value) => new(value, 0, 0);

    /// <summary>Standard error over |value|; 0 for an exact figure, infinite for a sampled value of 0.</summary>
    public double RelativeError => StandardError == 0 ? 0 : StandardError / Math.Abs(Value);
}

/// <summary>What one noise does to the circuit's outputs and state, over random parameters and inputs.</summary>
public sealed record NoiseResilience
{
    /// <summary>"depolarizing", or the device profile's name.</summary>
    public required string Noise { get; init; }

    /// <summary>‖Z_noisy − Z_ideal‖ / ‖Z_ideal‖ over all outputs and draws (roots of mean squares); null when the device can't run the circuit.</summary>
    public Estimate? RelativeError { get; init; }

    /// <summary>Mean of ⟨ψ|ρ|ψ⟩ between the noisy and the ideal state before measurement; null as above.</summary>
    public Estimate? Fidelity { get; init; }

    /// <summary>The compiled circuit; null for noise without a device.</summary>
    public CompilationReport? Compiled { get; init; }

    /// <summary>Why there are no figures; null when there are.</summary>
    public string? Refusal { get; init; }
}
