using System.Numerics;
using System.Runtime.CompilerServices;
using Fovea.Quantum.Engines.StateVector;

namespace Fovea.Quantum.Engines.Unitary;

/// <summary>
/// Products of a shared real matrix with vectors in lanes, several rows and several blocks at once, so that each number loaded
/// serves several multiplications. The sum of a row runs over the columns in order whatever the blocks beside it are.
/// </summary>
internal static unsafe class MatrixKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>output = matrix · input for each block.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="input">[block][column], the blocks <paramref name="inputStride"/> registers apart.</param>
    /// <param name="inputStride">At least the columns.</param>
    /// <param name="output">[block][row], overwritten, the blocks <paramref name="outputStride"/> registers apart.</param>
    /// <param name="outputStride">At least the rows.</param>
    /// <param name="blocks">Number of blocks.</param>
    public static void Multiply(
        TiledMatrix<T> matrix, TLanes* input, nint inputStride, TLanes* output, nint outputStride, int blocks)
    {
        // Sixteen sums fit the 32 registers of the 512-bit instruction set, eight the 16 of the others.
        var step = sizeof(TLanes) == 64 ? 4 : 2;
        var block = 0;
        for (; block + step <= blocks; block += step)
        {
            var x = input + (block * inputStride);
            var y = output + (block * outputStride);
            if (step == 4)
                Multiply4(matrix, x, inputStride, y, outputStride);
            else
                Multiply2(matrix, x, inputStride, y, outputStride);
        }

        for (; block < blocks; block++)
            Multiply1(matrix, input + (block * inputStride), output + (block * outputStride));
    }

    /// <summary>sums[r, c] += Σ over blocks and lanes of left[r]·right[c].</summary>
    /// <param name="left">[block][row].</param>
    /// <param name="leftStride">Registers from block to block.</param>
    /// <param name="rows">A multiple of <see cref="UnitaryPlan.Tile"/>.</param>
    /// <param name="right">[block][column].</param>
    /// <param name="rightStride">Registers from block to block.</param>
    /// <param name="columns">A multiple of <see cref="UnitaryPlan.Tile"/>.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="sums">[rows, columns].</param>
    public static void AddOuter(
        TLanes* left, nint leftStride, int rows, TLanes* right, nint rightStride, int columns, int blocks, Span<double> sums)
    {
        for (var row = 0; row < rows; row += UnitaryPlan.Tile)
        {
            for (var column = 0; column < columns; column += UnitaryPlan.Tile)
                AddOuterTile(left + row, leftStride, right + column, rightStride, blocks, sums[((row * columns) + column)..], columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddOuterTile(
        TLanes* left, nint leftStride, TLanes* right, nint rightStride, int blocks, Span<double> sums, int columns)
    {
        TLanes a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default;
        TLanes a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default;
        for (var block = 0; block < blocks; block++)
        {
            var (x0, x1, x2, x3) = (right[0], right[1], right[2], right[3]);
            MultiplyAdd(left[0], x0, x1, x2, x3, ref a00, ref a01, ref a02, ref a03);
            MultiplyAdd(left[1], x0, x1, x2, x3, ref a10, ref a11, ref a12, ref a13);
            MultiplyAdd(left[2], x0, x1, x2, x3, ref a20, ref a21, ref a22, ref a23);
            MultiplyAdd(left[3], x0, x1, x2, x3, ref a30, ref a31, ref a32, ref a33);
            left += leftStride;
            right += rightStride;
        }

        AddSums(sums, a00, a01, a02, a03);
        AddSums(sums[columns..], a10, a11, a12, a13);
        AddSums(sums[(2 * columns)..], a20, a21, a22, a23);
        AddSums(sums[(3 * columns)..], a30, a31, a32, a33);
    }

    private static void AddSums(Span<double> sums, TLanes a, TLanes b, TLanes c, TLanes d)
    {
        sums[0] += double.CreateTruncating(TLanes.Sum(a));
        sums[1] += double.CreateTruncating(TLanes.Sum(b));
        sums[2] += double.CreateTruncating(TLanes.Sum(c));
        sums[3] += double.CreateTruncating(TLanes.Sum(d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(
        TLanes factor, TLanes x0, TLanes x1, TLanes x2, TLanes x3, ref TLanes a0, ref TLanes a1, ref TLanes a2, ref TLanes a3)
    {
        a0 = TLanes.MultiplyAdd(factor, x0, a0);
        a1 = TLanes.MultiplyAdd(factor, x1, a1);
        a2 = TLanes.MultiplyAdd(factor, x2, a2);
        a3 = TLanes.MultiplyAdd(factor, x3, a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply4(TiledMatrix<T> matrix, TLanes* x, nint inputStride, TLanes* y, nint outputStride)
    {
        var factors = matrix.Pointer;
        nint columns = matrix.Columns;
        var z = x + (2 * inputStride);
        var w = y + (2 * outputStride);
        for (var row = 0; row < matrix.Rows; row += UnitaryPlan.Tile)
        {
            TLanes a00 = default, a01 = default, a02 = default, a03 = default, a10 = default, a11 = default, a12 = default, a13 = default;
            TLanes a20 = default, a21 = default, a22 = default, a23 = default, a30 = default, a31 = default, a32 = default, a33 = default;
            for (nint c = 0; c < columns; c++)
            {
                var (x0, x1, x2, x3) = (x[c], x[c + inputStride], z[c], z[c + inputStride]);
                MultiplyAdd(TLanes.Broadcast(factors[0]), x0, x1, x2, x3, ref a00, ref a01, ref a02, ref a03);
                MultiplyAdd(TLanes.Broadcast(factors[1]), x0, x1, x2, x3, ref a10, ref a11, ref a12, ref a13);
                MultiplyAdd(TLanes.Broadcast(factors[2]), x0, x1, x2, x3, ref a20, ref a21, ref a22, ref a23);
                MultiplyAdd(TLanes.Broadcast(factors[3]), x0, x1, x2, x3, ref a30, ref a31, ref a32, ref a33);
                factors += UnitaryPlan.Tile;
            }

            Store(y + row, a00, a10, a20, a30);
            Store(y + row + outputStride, a01, a11, a21, a31);
            Store(w + row, a02, a12, a22, a32);
            Store(w + row + outputStride, a03, a13, a23, a33);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply2(TiledMatrix<T> matrix, TLanes* x, nint inputStride, TLanes* y, nint outputStride)
    {
        var factors = matrix.Pointer;
        nint columns = matrix.Columns;
        for (var row = 0; row < matrix.Rows; row += UnitaryPlan.Tile)
        {
            TLanes a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (nint c = 0; c < columns; c++)
            {
                var (x0, x1) = (x[c], x[c + inputStride]);
                var (f0, f1) = (TLanes.Broadcast(factors[0]), TLanes.Broadcast(factors[1]));
                a0 = TLanes.MultiplyAdd(f0, x0, a0);
                b0 = TLanes.MultiplyAdd(f0, x1, b0);
                a1 = TLanes.MultiplyAdd(f1, x0, a1);
                b1 = TLanes.MultiplyAdd(f1, x1, b1);
                var (f2, f3) = (TLanes.Broadcast(factors[2]), TLanes.Broadcast(factors[3]));
                a2 = TLanes.MultiplyAdd(f2, x0, a2);
                b2 = TLanes.MultiplyAdd(f2, x1, b2);
                a3 = TLanes.MultiplyAdd(f3, x0, a3);
                b3 = TLanes.MultiplyAdd(f3, x1, b3);
                factors += UnitaryPlan.Tile;
            }

            Store(y + row, a0, a1, a2, a3);
            Store(y + row + outputStride, b0, b1, b2, b3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply1(TiledMatrix<T> matrix, TLanes* x, TLanes* y)
    {
        var factors = matrix.Pointer;
        nint columns = matrix.Columns;
        for (var row = 0; row < matrix.Rows; row += UnitaryPlan.Tile)
        {
            TLanes a0 = default, a1 = default, a2 = default, a3 = default;
            for (nint c = 0; c < columns; c++)
            {
                var value = x[c];
                a0 = TLanes.MultiplyAdd(TLanes.Broadcast(factors[0]), value, a0);
                a1 = TLanes.MultiplyAdd(TLanes.Broadcast(factors[1]), value, a1);
                a2 = TLanes.MultiplyAdd(TLanes.Broadcast(factors[2]), value, a2);
                a3 = TLanes.MultiplyAdd(TLanes.Broadcast(factors[3]), value, a3);
                factors += UnitaryPlan.Tile;
            }

            Store(y + row, a0, a1, a2, a3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TLanes* target, TLanes a, TLanes b, TLanes c, TLanes d) =>
        (target[0], target[1], target[2], target[3]) = (a, b, c, d);
}
