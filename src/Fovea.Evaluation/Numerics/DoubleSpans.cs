using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fovea.Evaluation.Numerics;

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
