using System.Collections.Immutable;

namespace Fovea.Hardware.Profiles;

/// <summary>A quantum device as its noise and its restrictions describe it: qubits, coupling map, native gates.</summary>
public sealed record DeviceProfile
{
    /// <summary>Short name, lower case with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One or two sentences: what it stands for, and whether it was measured or is representative.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where the numbers come from.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The native quarter turn.</summary>
    public PulseGate Pulse { get; init; } = PulseGate.SX;

    /// <summary>The native two-qubit gate of every coupling that names no other.</summary>
    public EntanglingGate Entangler { get; init; } = EntanglingGate.CZ;

    /// <summary>[qubit].</summary>
    public required ImmutableArray<QubitProperties> Qubits { get; init; }

    /// <summary>The edges of the coupling map.</summary>
    public required ImmutableArray<Coupling> Couplings { get; init; }

    /// <summary>The native gate of a coupling.</summary>
    public EntanglingGate EntanglerOf(Coupling coupling) => coupling?.Entangler ?? Entangler;
}
