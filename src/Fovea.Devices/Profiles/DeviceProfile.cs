using System.Collections.Immutable;
using Fovea.Quantum.Noise;

namespace Fovea.Devices.Profiles;

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

/// <summary>One qubit of a device.</summary>
/// <param name="T1">Relaxation time in seconds; positive, infinity for none.</param>
/// <param name="T2">Coherence time in seconds; positive, at most 2·T1, infinity for none.</param>
/// <param name="ExcitedPopulation">Share of |1⟩ that relaxation leads to, in [0, 1].</param>
/// <param name="Pulse">The quarter turn about X (sx or gpi2) that all one-qubit gates are made of, beside virtual RZ.</param>
/// <param name="Readout">Confusion of its measurement.</param>
public sealed record QubitProperties(double T1, double T2, double ExcitedPopulation, GateProperties Pulse, ReadoutError Readout);

/// <summary>What one native gate costs on one qubit or one pair.</summary>
/// <param name="Seconds">Duration; 0 for a gate that only changes a frame of reference.</param>
/// <param name="Error">Average gate infidelity 1 − F, in [0, 1], as randomised benchmarking reports it; decoherence during the gate included.</param>
/// <param name="OverRotation">Systematic excess of the rotation angle in radians; coherent, and not part of <paramref name="Error"/>.</param>
public sealed record GateProperties(double Seconds, double Error, double OverRotation = 0);

/// <summary>The native two-qubit gate of a device.</summary>
public enum EntanglingGate
{
    /// <summary>Controlled Z.</summary>
    CZ,

    /// <summary>Controlled X.</summary>
    CX,

    /// <summary>Echoed cross resonance: (1/√2)(X⊗I − Y⊗X) with the first qubit as the left factor, a CX up to one-qubit gates.</summary>
    ECR,

    /// <summary>exp(−iθ Z⊗Z/2) for any θ: the Mølmer–Sørensen gate in its ZZ form.</summary>
    RZZ,
}

/// <summary>The native quarter turn of a device. RZ is always native, virtual and free of noise.</summary>
public enum PulseGate
{
    /// <summary>The square root of X.</summary>
    SX,

    /// <summary>A quarter turn about an axis in the equator; with virtual RZ the same as SX up to phase.</summary>
    GPI2,
}

/// <summary>A profile made of a backend's published data.</summary>
/// <param name="Profile">The profile; it keeps every rule of <see cref="DeviceProfileRules"/>.</param>
/// <param name="Warnings">What had to be changed, filled in or left out, one line each.</param>
public sealed record ImportedProfile(DeviceProfile Profile, ImmutableArray<string> Warnings);
