using Fovea.Devices.Compilation;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.LightCones;

namespace Fovea.Laboratory.Results;

/// <summary>What is soon told of a circuit.</summary>
public sealed record CircuitInspection
{
    /// <summary>The circuit.</summary>
    public required Circuit Circuit { get; init; }

    /// <summary>Its gates, parameters and depth; no speed.</summary>
    public required CircuitCost Cost { get; init; }

    /// <summary>Parameters that no output depends on, by index.</summary>
    public required IReadOnlyList<DeadParameter> DeadParameters { get; init; }

    /// <summary>The wires in blocks that no gate joins, each in order; one block when everything is connected.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Blocks { get; init; }

    /// <summary>[output]: the gates and wires that it can see.</summary>
    public required IReadOnlyList<LightCone> Cones { get; init; }
}

/// <summary>What a device's noise does to a circuit's outputs at its own weights.</summary>
/// <param name="Device">Name of the device profile.</param>
/// <param name="Kept">
/// [output]: the factor that the output's values are multiplied by, as the slope of noisy over ideal values: 1 without noise, 0 where nothing is left; null
/// for an output that is zero without noise. Empty where there are no figures.
/// </param>
/// <param name="RelativeError">‖noisy − ideal‖ / ‖ideal‖ over outputs and inputs; null where there are no figures.</param>
/// <param name="Compiled">The circuit on the device; null where there are no figures.</param>
/// <param name="Refusal">Why there are no figures; null where there are.</param>
public sealed record OutputNoise(
    string Device, IReadOnlyList<double?> Kept, double? RelativeError, CompilationReport? Compiled, string? Refusal);
