using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Engines.StateVector;

/// <summary>
/// exp(−iαP/2) on the slots of memory, where P is Z on every slot bit of <paramref name="ParityMask"/> and, when
/// <paramref name="FlipMask"/> is not zero, the Y that also exchanges slots differing by it. α = <paramref name="Coefficient"/>
/// times the circuit's angle.
/// </summary>
/// <param name="FlipMask">Slot bits exchanged; 0 for a diagonal rotation.</param>
/// <param name="ParityMask">Slot bits whose parity gives the sign; for a Y rotation, the side of a pair.</param>
/// <param name="Angle">The angle of the gate this comes from.</param>
/// <param name="Coefficient">Factor on that angle.</param>
internal readonly record struct PauliRotation(int FlipMask, int ParityMask, Angle Angle, double Coefficient)
{
    /// <summary>Whether this only changes phases.</summary>
    public bool IsDiagonal => FlipMask == 0;

    /// <summary>Whether its angle depends on inputs and so differs from lane to lane.</summary>
    public bool DiffersBySample => Angle.Source is AngleSource.Input or AngleSource.InputProduct;

    /// <summary>Whether it acts on one slot bit alone, as a rotation of one qubit.</summary>
    public bool IsSingleBit => BitOperations.IsPow2(ParityMask) && (IsDiagonal || FlipMask == ParityMask);

    /// <summary>Pauli strings commute when they anticommute on an even number of bits.</summary>
    public bool CommutesWith(PauliRotation other) =>
        int.IsEvenInteger(BitOperations.PopCount((uint)(FlipMask & other.ParityMask))
            + BitOperations.PopCount((uint)(ParityMask & other.FlipMask)));

    /// <summary>Whether two Y rotations act on independent pairs, like rotations of two different qubits.</summary>
    public bool IsIndependentOf(PauliRotation other) =>
        int.IsEvenInteger(BitOperations.PopCount((uint)(FlipMask & other.ParityMask)))
        && int.IsEvenInteger(BitOperations.PopCount((uint)(ParityMask & other.FlipMask)));
}
