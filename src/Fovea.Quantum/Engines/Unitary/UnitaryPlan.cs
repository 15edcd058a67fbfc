using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Unitary;

/// <summary>
/// A circuit cut into an entry state, which differs from sample to sample, and the unitary U that all samples share, written as
/// a real matrix: its rows are the real and then the imaginary parts of the final amplitudes, its columns the real parts of
/// the entry amplitudes and, unless those are real for every input, the imaginary parts.
/// </summary>
internal sealed class UnitaryPlan
{
    /// <summary>Rows and columns are padded to a multiple of this, the edge of a kernel's tile.</summary>
    public const int Tile = 4;

    /// <summary>Most wires: the matrix of more would not fit any cache.</summary>
    public const int MaxWires = 10;

    private UnitaryPlan(ExecutionPlan gates, HashSet<int> chains)
    {
        Gates = gates;
        Slots = 1 << gates.Circuit.WireCount;
        IsReal = gates.Circuit.Preparation == StatePreparation.Amplitudes || chains.All(index => !gates.Rotations[index].IsDiagonal);
        Rows = 2 * Slots;
        Columns = Math.Max(Tile, IsReal ? Slots : 2 * Slots);
    }

    /// <summary>Compiles a circuit of at most <see cref="MaxWires"/> wires, or says why it cannot be done.</summary>
    public static UnitaryPlan? TryCreate(Circuit circuit, out string reason, int groupSize = RotationGroup.MaxSize)
    {
        var gates = new ExecutionPlan(circuit, groupSize, inputsAlone: true);
        var chains = gates.Chains.SelectMany(chain => chain).ToHashSet();
        var isShared = !Enumerable.Range(0, gates.Rotations.Count).Any(index => gates.Rotations[index].DiffersBySample && !chains.Contains(index));
        reason = isShared ? "" : "an input enters behind the entry state";
        return isShared ? new UnitaryPlan(gates, chains) : null;
    }

    /// <summary>The chains of the entry state and the stages that make U.</summary>
    public ExecutionPlan Gates { get; }

    /// <summary>Number of amplitudes.</summary>
    public int Slots { get; }

    /// <summary>Whether entry states are real, so that half of the columns suffice.</summary>
    public bool IsReal { get; }

    /// <summary>Rows of the real matrix.</summary>
    public int Rows { get; }

    /// <summary>Columns of the real matrix, padded; the padding is zero.</summary>
    public int Columns { get; }
}

/// <summary>A real matrix, pinned, in the order in which a kernel reads it: [row / 4][column][row % 4].</summary>
internal sealed unsafe class TiledMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values;

    /// <summary>A matrix of zeros; <paramref name="rows"/> is a multiple of <see cref="UnitaryPlan.Tile"/>.</summary>
    public TiledMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        _values = GC.AllocateArray<T>(checked(rows * columns), pinned: true);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>The first value; valid as long as this object.</summary>
    public T* Pointer => (T*)Unsafe.AsPointer(ref _values[0]);

    /// <summary>Writes one value.</summary>
    public void Set(int row, int column, double value) =>
        _values[((((row / UnitaryPlan.Tile) * Columns) + column) * UnitaryPlan.Tile) + (row % UnitaryPlan.Tile)] =
            T.CreateTruncating(value);
}
