using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea.Evaluation.Distances;

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
