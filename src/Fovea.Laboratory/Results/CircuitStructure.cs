namespace Fovea.Laboratory.Results;

/// <summary>What can be said of a circuit exactly.</summary>
public sealed record CircuitStructure
{
    /// <summary>Parameters that no output depends on, by index.</summary>
    public required IReadOnlyList<DeadParameter> DeadParameters { get; init; }

    /// <summary>The wires in blocks that no gate joins, each in order; one block when everything is connected.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Blocks { get; init; }

    /// <summary>[output]: wires of its light cone.</summary>
    public required IReadOnlyList<int> ConeWires { get; init; }

    /// <summary>[output]: the inputs that it depends on, in order.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Reach { get; init; }

    /// <summary>Whether the ansatz leaves |0…0⟩ as it is (up to a phase) for all parameters, so that without an encoding nothing happens.</summary>
    public required bool IsIdentityWithoutEncoding { get; init; }
}

/// <summary>A parameter that no measured output depends on, whatever the values of the others.</summary>
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
