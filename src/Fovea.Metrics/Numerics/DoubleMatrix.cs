using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fovea.Core;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Fovea.Metrics.Numerics;

/// <summary>A matrix of doubles, row by row.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
internal sealed class DoubleMatrix(int rows, int columns)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public double[] Values { get; } = new double[rows * columns];

    public Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public DoubleMatrix Transposed()
    {
        var result = new DoubleMatrix(Columns, Rows);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                result.Values[column * Rows + row] = Values[row * Columns + column];
        }

        return result;
    }

    /// <summary>this · other ᵀ [rows, rows of the other], on <paramref name="threads"/> threads (0 for one a core).</summary>
    public DoubleMatrix TimesTransposed(DoubleMatrix other, int threads)
    {
        var result = new DoubleMatrix(Rows, other.Rows);
        var options = Workers.Of(threads);
        Parallel.For(0, (Rows + RowProducts.Side - 1) / RowProducts.Side, options, band => RowProducts.Fill(this, other, band * RowProducts.Side, result));
        return result;
    }
}

/// <summary>Sums over spans of doubles, four lanes at a time in one fixed order.</summary>
internal static class DoubleSpans
{
    private const int Lanes = 4;

    /// <summary>Σ a · b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var firstA = ref MemoryMarshal.GetReference(a);
        ref var firstB = ref MemoryMarshal.GetReference(b);
        var (even, odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var k = 0;
        for (; k <= a.Length - 2 * Lanes; k += 2 * Lanes)
        {
            even = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref firstA, (nuint)k), Vector256.LoadUnsafe(ref firstB, (nuint)k), even);
            odd = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref firstA, (nuint)(k + Lanes)), Vector256.LoadUnsafe(ref firstB, (nuint)(k + Lanes)), odd);
        }

        var sum = Vector256.Sum(even + odd);
        for (; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    /// <summary>to += factor · values.</summary>
    public static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> values)
    {
        ref var firstTo = ref MemoryMarshal.GetReference(to);
        ref var first = ref MemoryMarshal.GetReference(values);
        var factors = Vector256.Create(factor);
        var k = 0;
        for (; k <= to.Length - Lanes; k += Lanes)
        {
            var sum = Vector256.FusedMultiplyAdd(factors, Vector256.LoadUnsafe(ref first, (nuint)k), Vector256.LoadUnsafe(ref firstTo, (nuint)k));
            sum.StoreUnsafe(ref firstTo, (nuint)k);
        }

        for (; k < to.Length; k++) to[k] += factor * values[k];
    }
}

/// <summary>Singular values without vectors.</summary>
internal static class SingularValues
{
    /// <summary>The sum of the singular values of <paramref name="matrix"/>.</summary>
    public static double Sum(DoubleMatrix matrix)
    {
        if (matrix.Rows == 0 || matrix.Columns == 0) return 0;
        // The library stores columns: the rows here are the columns of the transpose, whose singular values are the same.
        return new DenseMatrix(matrix.Columns, matrix.Rows, [.. matrix.Values]).Svd(computeVectors: false).S.Sum();
    }
}
