using System.Numerics;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Engines.Unitary;

namespace Fovea.Quantum.Engines;

/// <summary>
/// Exact simulation with one matrix for the whole batch: all gates without inputs are multiplied to one unitary, once a call
/// and in double precision, and each sample's entry state goes through it in SIMD lanes. The work per sample does not depend
/// on the depth and grows as 4^wires: best for deep circuits of few wires. Takes circuits whose inputs are amplitudes
/// or sit in single-wire gates before all others. After the first call of a batch size no memory is allocated on one thread.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class UnitaryEngine<T> : BatchedEngine<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Most wires: the matrix of more would not fit any cache.</summary>
    public const int MaxWires = UnitaryPlan.MaxWires;

    /// <summary>Compiles a circuit.</summary>
    /// <param name="circuit">At most <see cref="MaxWires"/> wires, inputs only in the entry state.</param>
    /// <param name="threads">Most threads one call may use, at least 1; a gradient uses up to eight.</param>
    /// <exception cref="ArgumentException">Too many wires.</exception>
    /// <exception cref="NotSupportedException">Inputs later in the circuit, or <typeparamref name="T"/> is neither float nor double.</exception>
    public UnitaryEngine(Circuit circuit, int threads = 1)
        : this(circuit, threads, LaneWidth.Bytes)
    {
    }

    /// <summary>As above with a register width of 16, 32 or 64 bytes, whatever the machine has.</summary>
    internal UnitaryEngine(Circuit circuit, int threads, int laneBytes)
        : base(circuit, threads, CreateExecutor(circuit, laneBytes))
    {
    }

    private static IBatchExecutor<T> CreateExecutor(Circuit circuit, int laneBytes)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        if (circuit.WireCount > MaxWires)
            throw new ArgumentException($"the unitary engine takes up to {MaxWires} wires, not {circuit.WireCount}", nameof(circuit));
        RequireFloatOrDouble();
        return laneBytes switch
        {
            64 => new UnitaryExecutor<Lanes512<T>, Lanes512<double>, T>(circuit),
            32 => new UnitaryExecutor<Lanes256<T>, Lanes256<double>, T>(circuit),
            16 => new UnitaryExecutor<Lanes128<T>, Lanes128<double>, T>(circuit),
            _ => throw new ArgumentOutOfRangeException(nameof(laneBytes), laneBytes, "must be 16, 32 or 64"),
        };
    }
}
