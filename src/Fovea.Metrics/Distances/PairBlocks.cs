using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fovea.Core;
using Fovea.Core.Errors;

namespace Fovea.Metrics.Distances;

/// <summary>
/// All pairs of rows of two matrices, a block at a time: a table of 5,000 × 5,000 is never held. Values do not depend on the
/// number of threads.
/// </summary>
public static class PairBlocks
{
    /// <summary>Rows and columns of a block; two such pieces of wide rows fit a core's second-level cache.</summary>
    internal const int Side = 64;

    /// <summary>
    /// Visits every block. Blocks of the same rows come one after another, columns rising, on one thread; those of other rows at
    /// the same time, so <paramref name="visit"/> may write to what belongs to its rows and to nothing else.
    /// </summary>
    /// <param name="rows">The first matrix.</param>
    /// <param name="columns">The second, of the same network.</param>
    /// <param name="measure">What to compute.</param>
    /// <param name="visit">Called with each block.</param>
    /// <param name="threads">Threads, 0 for one a core.</param>
    /// <param name="cancellation">Stops it between rows.</param>
    /// <exception cref="InputException">The matrices cannot be compared.</exception>
    public static void Visit(
        FeatureMatrix rows, FeatureMatrix columns, PairMeasure measure, Action<PairBlock> visit, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(visit);
        rows.RequireComparable(columns);
        var options = Workers.Of(threads, cancellation);
        Parallel.For(0, (rows.Images + Side - 1) / Side, options, () => new double[Side * Side], (band, _, buffer) =>
        {
            if (measure == PairMeasure.SquaredDistance) Band<SquaredDifferenceTerm>(rows, columns, band * Side, buffer, visit);
            else Band<ProductTerm>(rows, columns, band * Side, buffer, visit);
            return buffer;
        }, _ => { });
    }

    private static void Band<TTerm>(FeatureMatrix rows, FeatureMatrix columns, int firstRow, double[] buffer, Action<PairBlock> visit)
        where TTerm : IPairTerm
    {
        var height = Math.Min(Side, rows.Images - firstRow);
        for (var firstColumn = 0; firstColumn < columns.Images; firstColumn += Side)
        {
            var width = Math.Min(Side, columns.Images - firstColumn);
            Fill<TTerm>(rows, columns, firstRow, height, firstColumn, width, buffer);
            visit(new PairBlock(firstRow, height, firstColumn, width, buffer, Side));
        }
    }

    private static void Fill<TTerm>(FeatureMatrix rows, FeatureMatrix columns, int firstRow, int height, int firstColumn, int width, double[] buffer)
        where TTerm : IPairTerm
    {
        var stride = rows.Stride;
        for (var row = 0; row < height; row += PairKernel.Rows)
        {
            var a = rows.Padding[((firstRow + row) * stride)..];
            for (var column = 0; column < width; column += PairKernel.Columns)
                PairKernel.Run<TTerm>(a, columns.Padding[((firstColumn + column) * stride)..], stride, buffer.AsSpan(row * Side + column), Side);
        }
    }
}

/// <summary>A rectangle of the table of all pairs. Its values are good only while it is visited.</summary>
/// <param name="FirstRow">Row of the first matrix that its first row belongs to.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="FirstColumn">Row of the second matrix that its first column belongs to.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Values">The buffer [side, side] with the values.</param>
/// <param name="Stride">Values from one row of the buffer to the next.</param>
public readonly record struct PairBlock(int FirstRow, int Rows, int FirstColumn, int Columns, double[] Values, int Stride)
{
    /// <summary>The values of one of its rows [columns].</summary>
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Stride, Columns);
}

/// <summary>
/// Sums over dimensions for 4 × 2 pairs of rows at a time. A lane adds at most 32 terms in float32 before they go into a double,
/// so a sum's relative error stays near 1e-6 for any number of dimensions. The order of additions depends on nothing but the
/// number of dimensions: a pair has the same value in any block, on any thread, on any machine with fused multiply-add.
/// </summary>
internal static class PairKernel
{
    public const int Rows = 4;
    public const int Columns = 2;
    private const int Lanes = 8;
    private const int Chunk = 32 * Lanes;

    /// <summary>Writes values of rows 0–3 of <paramref name="a"/> against rows 0–1 of <paramref name="b"/> to <paramref name="to"/>.</summary>
    public static void Run<TTerm>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int stride, Span<double> to, int toStride)
        where TTerm : IPairTerm
    {
        ref var firstA = ref MemoryMarshal.GetReference(a);
        ref var firstB = ref MemoryMarshal.GetReference(b);
        for (var start = 0; start < stride; start += Chunk)
        {
            var length = Math.Min(Chunk, stride - start);
            AddChunk<TTerm>(ref Unsafe.Add(ref firstA, start), ref Unsafe.Add(ref firstB, start), (nuint)stride, (nuint)length, to, toStride, start == 0);
        }
    }

    private static void AddChunk<TTerm>(ref float a, ref float b, nuint stride, nuint length, Span<double> to, int toStride, bool first)
        where TTerm : IPairTerm
    {
        var (s00, s01, s10, s11) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (s20, s21, s30, s31) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (nuint k = 0; k < length; k += Lanes)
        {
            var (b0, b1) = (Vector256.LoadUnsafe(ref b, k), Vector256.LoadUnsafe(ref b, k + stride));
            var row = Vector256.LoadUnsafe(ref a, k);
            (s00, s01) = (TTerm.Add(s00, row, b0), TTerm.Add(s01, row, b1));
            row = Vector256.LoadUnsafe(ref a, k + stride);
            (s10, s11) = (TTerm.Add(s10, row, b0), TTerm.Add(s11, row, b1));
            row = Vector256.LoadUnsafe(ref a, k + 2 * stride);
            (s20, s21) = (TTerm.Add(s20, row, b0), TTerm.Add(s21, row, b1));
            row = Vector256.LoadUnsafe(ref a, k + 3 * stride);
            (s30, s31) = (TTerm.Add(s30, row, b0), TTerm.Add(s31, row, b1));
        }

        Put(to, s00, s01, first);
        Put(to[toStride..], s10, s11, first);
        Put(to[(2 * toStride)..], s20, s21, first);
        Put(to[(3 * toStride)..], s30, s31, first);
    }

    private static void Put(Span<double> to, Vector256<float> left, Vector256<float> right, bool first)
    {
        to[0] = (first ? 0 : to[0]) + Sum(left);
        to[1] = (first ? 0 : to[1]) + Sum(right);
    }

    private static double Sum(Vector256<float> lanes)
    {
        var (low, high) = Vector256.Widen(lanes);
        var four = low + high;
        return (four[0] + four[1]) + (four[2] + four[3]);
    }
}

/// <summary>What <see cref="PairBlocks"/> computes of two rows of features.</summary>
public enum PairMeasure
{
    /// <summary>Σ (a − b)², summed from the differences: no digits are lost between near rows.</summary>
    SquaredDistance,

    /// <summary>Σ a · b.</summary>
    DotProduct,
}

/// <summary>One term of a sum over dimensions, as a type so that the kernel is compiled for it.</summary>
internal interface IPairTerm
{
    /// <summary>sum + term(a, b).</summary>
    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
}

/// <summary>(a − b)².</summary>
internal readonly struct SquaredDifferenceTerm : IPairTerm
{
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b)
    {
        var difference = a - b;
        return Vector256.FusedMultiplyAdd(difference, difference, sum);
    }
}

/// <summary>a · b.</summary>
internal readonly struct ProductTerm : IPairTerm
{
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vector256.FusedMultiplyAdd(a, b, sum);
}
