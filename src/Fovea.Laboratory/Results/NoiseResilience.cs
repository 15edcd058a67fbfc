using Fovea.Devices.Compilation;

namespace Fovea.Laboratory.Results;

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
