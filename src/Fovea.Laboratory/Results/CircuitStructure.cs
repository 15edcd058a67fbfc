using Fovea.Devices.Compilation;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.LightCones;

namespace Fovea.Laboratory.Results;

/// <summary>What depends on what in a circuit: proved by Pauli strings and light cones where that is possible, else seen at random points.</summary>
public sealed record CircuitStructure
{
    /// <summary>Parameters that no output depends on, by index.</summary>
    public required IReadOnlyList<DeadParameter> DeadParameters { get; init; }

    /// <summary>The wires in blocks that no gate joins, each in order; one block when everything is connected.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Blocks { get; init; }

    /// <summary>[output]: wires of its light cone.</summary>
    public required IReadOnlyList<int> ConeWires { get; init; }

    /// <summary>[output]: the inputs that it depends on at one of the random points, in order.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Reach { get; init; }

    /// <summary>Whether the ansatz leaves |0…0⟩ as it is (up to a phase) for all parameters, so that without an encoding nothing happens.</summary>
    public required bool IsIdentityWithoutEncoding { get; init; }
}

/// <summary>A parameter that no measured output depends on, whatever the values of the others; the reason says where that was seen and not proved.</summary>
/// <param name="Index">Its number among the weights.</param>
/// <param name="Gate">The gate that takes it, "RZ(w5) 3"; empty when none does.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record DeadParameter(int Index, string Gate, string Reason);

/// <summary>What a circuit costs before any device is chosen. Gates are those of the ansatz and its encoding; a Rot is three.</summary>
public sealed record CircuitCost
{
    /// <summary>Trainable parameters.</summary>
    public required int Parameters { get; init; }

    /// <summary>Parameters that some output depends on.</summary>
    public required int LiveParameters { get; init; }

    /// <summary>Gates on one wire.</summary>
    public required int OneQubitGates { get; init; }

    /// <summary>Gates on two wires (or three).</summary>
    public required int TwoQubitGates { get; init; }

    /// <summary>Longest chain of gates that wait for each other.</summary>
    public required int Depth { get; init; }

    /// <summary>Name of the engine that the planner chooses; null when speed was not measured.</summary>
    public string? Engine { get; init; }

    /// <summary>Circuits a second forward, on one thread in single precision at the batch of a comparison; null when not measured.</summary>
    public double? ForwardPerSecond { get; init; }

    /// <summary>Circuits a second forward and backward; null when not measured.</summary>
    public double? GradientPerSecond { get; init; }
}

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
