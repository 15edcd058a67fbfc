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

/// <summary>Makes a device noisier or quieter by one number.</summary>
public static class DeviceProfileScaling
{
    // Readout that is wrong half of the time says nothing; beyond that it would say the opposite.
    private const double BlindReadout = 0.5;

    /// <summary>
    /// The profile with its noise times a factor. Gate errors are multiplied and stop at 1, over-rotations are multiplied, decay rates are
    /// multiplied (T1 and T2 divided), readout probabilities are multiplied and stop at 0.5 each, so that readout never becomes
    /// anti-correlated (one that is over 0.5 to begin with stays at most what it was). Durations, the excited population and the coupling
    /// map stay. 1 gives equal numbers; 0 is exactly free of noise: infinite T1 and T2, all errors and angles zero.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="factor">Finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or not a number.</exception>
    public static DeviceProfile Scaled(this DeviceProfile profile, double factor)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (!(factor >= 0 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "must be finite and not negative");
        return profile with
        {
            Qubits = [.. profile.Qubits.Select(qubit => Scaled(qubit, factor))],
            Couplings = [.. profile.Couplings.Select(coupling => coupling with { Gate = Scaled(coupling.Gate, factor) })],
        };
    }

    private static QubitProperties Scaled(QubitProperties qubit, double factor)
    {
        // A factor so large that the time underflows leaves the shortest time there is, not zero.
        var t1 = Math.Max(qubit.T1 / factor, double.Epsilon);
        var t2 = Math.Max(qubit.T2 / factor, double.Epsilon);
        return qubit with
        {
            T1 = t1,
            T2 = Math.Min(t2, 2 * t1),
            Pulse = Scaled(qubit.Pulse, factor),
            Readout = new ReadoutError(Readout(qubit.Readout.OneGivenZero, factor), Readout(qubit.Readout.ZeroGivenOne, factor)),
        };
    }

    // Adding zero turns the negative zero of a negative angle times zero into zero.
    private static GateProperties Scaled(GateProperties gate, double factor) => gate with
    {
        Error = Math.Min(gate.Error * factor, 1),
        OverRotation = (gate.OverRotation * factor) + 0.0,
    };

    private static double Readout(double probability, double factor) => Math.Min(probability * factor, Math.Max(probability, BlindReadout));
}
