namespace Fovea.Laboratory.Results;

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
