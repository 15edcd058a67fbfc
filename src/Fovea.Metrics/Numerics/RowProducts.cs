using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea.Metrics.Numerics;

/// <summary>Dot products of the rows of two matrices, in blocks that stay in a core's cache.</summary>
internal static class RowProducts
{
    /// <summary>Rows of a block.</summary>
    public const int Side = 48;

    private const int Chunk = 512;
    private const int Lanes = 4;

    /// <summary>Fills rows <paramref name="first"/> to first + Side − 1 of <paramref name="to"/> = a · bᵀ.</summary>
    public static void Fill(DoubleMatrix a, DoubleMatrix b, int first, DoubleMatrix to)
    {
        var end = Math.Min(first + Side, a.Rows);
        for (var block = 0; block < b.Rows; block += Side)
        {
            var blockEnd = Math.Min(block + Side, b.Rows);
            for (var start = 0; start < a.Columns; start += Chunk)
            {
                var length = Math.Min(Chunk, a.Columns - start);
                for (var row = first; row < end; row += 2)
                {
                    for (var column = block; column < blockEnd; column += 2)
                        Square(a, b, (row, Math.Min(row + 1, end - 1)), (column, Math.Min(column + 1, blockEnd - 1)), start, length, to);
                }
            }
        }
    }

    /// <summary>Adds a chunk's products of two rows with two rows; at an odd end both are the same row, which counts once.</summary>
    private static void Square(
        DoubleMatrix a, DoubleMatrix b, (int Top, int Bottom) rows, (int Left, int Right) columns, int start, int length, DoubleMatrix to)
    {
        ref var top = ref At(a, rows.Top, start);
        ref var bottom = ref At(a, rows.Bottom, start);
        ref var left = ref At(b, columns.Left, start);
        ref var right = ref At(b, columns.Right, start);
        var (s00, s01, s10, s11) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        nuint k = 0;
        for (; k + Lanes <= (nuint)length; k += Lanes)
        {
            var (t, m) = (Vector256.LoadUnsafe(ref top, k), Vector256.LoadUnsafe(ref bottom, k));
            var (l, r) = (Vector256.LoadUnsafe(ref left, k), Vector256.LoadUnsafe(ref right, k));
            (s00, s01) = (Vector256.FusedMultiplyAdd(t, l, s00), Vector256.FusedMultiplyAdd(t, r, s01));
            (s10, s11) = (Vector256.FusedMultiplyAdd(m, l, s10), Vector256.FusedMultiplyAdd(m, r, s11));
        }

        var done = (int)k;
        Add(to, rows.Top, columns.Left, Vector256.Sum(s00) + Rest(ref top, ref left, done, length));
        if (columns.Right > columns.Left) Add(to, rows.Top, columns.Right, Vector256.Sum(s01) + Rest(ref top, ref right, done, length));
        if (rows.Bottom == rows.Top) return;
        Add(to, rows.Bottom, columns.Left, Vector256.Sum(s10) + Rest(ref bottom, ref left, done, length));
        if (columns.Right > columns.Left) Add(to, rows.Bottom, columns.Right, Vector256.Sum(s11) + Rest(ref bottom, ref right, done, length));
    }

    private static ref double At(DoubleMatrix matrix, int row, int column) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix.Values), row * matrix.Columns + column);

    private static void Add(DoubleMatrix to, int row, int column, double value) => to.Values[row * to.Columns + column] += value;

    private static double Rest(ref double a, ref double b, int from, int length)
    {
        var sum = 0.0;
        for (var k = from; k < length; k++) sum += Unsafe.Add(ref a, k) * Unsafe.Add(ref b, k);
        return sum;
    }
}
