using Fovea.Quantum.Noise;

namespace Fovea.Devices.Profiles;

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
