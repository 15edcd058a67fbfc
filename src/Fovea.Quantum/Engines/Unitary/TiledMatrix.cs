using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fovea.Quantum.Engines.Unitary;

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
