namespace Fovea.Hardware.Profiles;

/// <summary>A pair of qubits with a native entangling gate. The pair is one edge of the coupling map, listed once.</summary>
/// <param name="First">The gate's first qubit: the control of cx and ecr.</param>
/// <param name="Second">The gate's second qubit: the target of cx and ecr.</param>
/// <param name="Gate">The entangling gate on this pair.</param>
public sealed record Coupling(int First, int Second, GateProperties Gate)
{
    /// <summary>The kind of gate where it is another than the device's <see cref="DeviceProfile.Entangler"/>; null for that one.</summary>
    public EntanglingGate? Entangler { get; init; }
}
