using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines;

/// <summary>What state vectors cost.</summary>
public static class StateVectorMemory
{
    /// <summary>Most wires the state-vector engine takes.</summary>
    public const int MaxWires = 20;

    /// <summary>
    /// Bytes one thread needs for the states of one gradient: ψ and λ, real and imaginary planes, for one block of
    /// circuits as wide as a SIMD register.
    /// </summary>
    /// <param name="wireCount">Number of wires.</param>
    public static long BytesPerThread(int wireCount) => 4L * LaneWidth.Bytes << wireCount;

    /// <summary>Throws when a circuit has more wires than a state vector may.</summary>
    internal static void CheckWires(Circuit circuit)
    {
        if (circuit.WireCount > MaxWires)
        {
            throw new ArgumentException(
                $"{circuit.WireCount} wires are more than the {MaxWires} of the state-vector engines; a gradient would take "
                + $"{BytesPerThread(circuit.WireCount) >> 20} MiB of state vectors per thread",
                nameof(circuit));
        }
    }
}
