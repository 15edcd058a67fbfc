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
