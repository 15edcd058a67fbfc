using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Exact state-vector simulation with one circuit in each SIMD lane, and gradients by the adjoint method. The circuit is
/// compiled once: permutation gates cost nothing, neighbouring diagonal gates become one table of phases, leading
/// single-qubit gates a product state. Works up to <see cref="StateVectorMemory.MaxWires"/> wires; best from about eight
/// wires on and for data re-uploading. After the first call of a batch size no memory is allocated on one thread, and a
/// few kilobytes by the thread pool on more.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StateVectorEngine<T> : BatchedEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Compiles a circuit.</summary>
    /// <param name="circuit">At most <see cref="StateVectorMemory.MaxWires"/> wires.</param>
    /// <param name="threads">Most threads one call may use, at least 1.</param>
    /// <exception cref="ArgumentException">Too many wires; the message says how much memory it would take.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public StateVectorEngine(Circuit circuit, int threads = 1)
        : this(circuit, threads, LaneWidth.Bytes)
    {
    }

    /// <summary>As above with a register width of 16, 32 or 64 bytes, whatever the machine has.</summary>
    internal StateVectorEngine(Circuit circuit, int threads, int laneBytes)
        : base(circuit, threads, CreateExecutor(circuit, laneBytes))
    {
    }

    private static IBatchExecutor<T> CreateExecutor(Circuit circuit, int laneBytes)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        StateVectorMemory.CheckWires(circuit);
        RequireFloatOrDouble();
        return laneBytes switch
        {
            64 => new BatchExecutor<Lanes512<T>, T>(circuit),
            32 => new BatchExecutor<Lanes256<T>, T>(circuit),
            16 => new BatchExecutor<Lanes128<T>, T>(circuit),
            _ => throw new ArgumentOutOfRangeException(nameof(laneBytes), laneBytes, "must be 16, 32 or 64"),
        };
    }
}

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
