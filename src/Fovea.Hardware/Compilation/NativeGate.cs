using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Compilation;

/// <summary>One native gate on qubits of the device.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">Its qubit; of an entangler the first of the coupling.</param>
/// <param name="Second">The second of the coupling; −1 on one qubit.</param>
/// <param name="Angle">Of rotations and of RZZ.</param>
/// <param name="Sense">−1 for an RZZ that turns backwards, whose excess angle is then negative; else 1.</param>
internal sealed record NativeGate(NativeKind Kind, int First, int Second = -1, Angle? Angle = null, int Sense = 1)
{
    public IEnumerable<int> Qubits => Second < 0 ? [First] : [First, Second];

    public bool Acts(int qubit) => First == qubit || Second == qubit;
}
