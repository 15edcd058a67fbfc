using System.Numerics;
using System.Runtime.InteropServices;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>
/// Maps on vectors of Pauli coefficients, whose index has a base-4 digit for each wire: a stride 4^j a wire.
/// </summary>
internal static class VectorKernel
{
    /// <summary>target[Q] = Σ_P source[P]·matrix[P, Q] on one digit.</summary>
    public static void Apply(ReadOnlySpan<double> source, Span<double> target, int stride, ReadOnlySpan<double> matrix)
    {
        if (stride < Vector<double>.Count)
        {
            ApplyShort(source, target, stride, matrix);
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target[..source.Length]);
        Vector<double> m00 = new(matrix[0]), m01 = new(matrix[1]), m02 = new(matrix[2]), m03 = new(matrix[3]);
        Vector<double> m10 = new(matrix[4]), m11 = new(matrix[5]), m12 = new(matrix[6]), m13 = new(matrix[7]);
        Vector<double> m20 = new(matrix[8]), m21 = new(matrix[9]), m22 = new(matrix[10]), m23 = new(matrix[11]);
        Vector<double> m30 = new(matrix[12]), m31 = new(matrix[13]), m32 = new(matrix[14]), m33 = new(matrix[15]);
        for (var start = 0; start < source.Length; start += 4 * stride)
        {
            for (var k = start; k < start + stride; k += Vector<double>.Count)
            {
                var a = Vector.LoadUnsafe(ref from, (nuint)k);
                var b = Vector.LoadUnsafe(ref from, (nuint)(k + stride));
                var c = Vector.LoadUnsafe(ref from, (nuint)(k + (2 * stride)));
                var d = Vector.LoadUnsafe(ref from, (nuint)(k + (3 * stride)));
                Combine(a, m00, b, m10, c, m20, d, m30).StoreUnsafe(ref to, (nuint)k);
                Combine(a, m01, b, m11, c, m21, d, m31).StoreUnsafe(ref to, (nuint)(k + stride));
                Combine(a, m02, b, m12, c, m22, d, m32).StoreUnsafe(ref to, (nuint)(k + (2 * stride)));
                Combine(a, m03, b, m13, c, m23, d, m33).StoreUnsafe(ref to, (nuint)(k + (3 * stride)));
            }
        }
    }

    /// <summary>gradient[P, Q] += Σ source[P]·cotangent[Q] on one digit.</summary>
    public static void AddGradient(ReadOnlySpan<double> source, ReadOnlySpan<double> cotangent, int stride, Span<double> gradient)
    {
        for (var row = 0; row < 4; row++)
        {
            if (stride < Vector<double>.Count)
                AddRowShort(source, cotangent, stride, row, gradient.Slice(4 * row, 4));
            else
                AddRow(source, cotangent, stride, row, gradient.Slice(4 * row, 4));
        }
    }

    /// <summary>target[Q] = Σ source[P]·value over the entries, on several digits.</summary>
    /// <param name="source">The vector.</param>
    /// <param name="target">Overwritten.</param>
    /// <param name="strides">Of the digits.</param>
    /// <param name="entries">Offsets of P and Q, and the number of the matrix element.</param>
    /// <param name="matrix">The matrix elements.</param>
    public static void Apply(
        ReadOnlySpan<double> source, Span<double> target, int[] strides, (int From, int To, int Element)[] entries, double[] matrix)
    {
        target[..source.Length].Clear();
        var (run, digits) = (strides.Min(), 3 * strides.Sum());
        for (var start = 0; start < source.Length; start += run)
        {
            if ((start & digits) != 0)
                continue;
            foreach (var (from, to, element) in entries)
                AddScaled(source, start + from, matrix[element], target, start + to, run);
        }
    }

    /// <summary>gradient[element] += Σ source[P]·cotangent[Q] over the entries, on several digits.</summary>
    public static void AddGradient(
        ReadOnlySpan<double> source, ReadOnlySpan<double> cotangent, int[] strides, (int From, int To, int Element)[] entries, Span<double> gradient)
    {
        var (run, digits) = (strides.Min(), 3 * strides.Sum());
        for (var start = 0; start < source.Length; start += run)
        {
            if ((start & digits) != 0)
                continue;
            foreach (var (from, to, element) in entries)
                gradient[element] += Dot(source, start + from, cotangent, start + to, run);
        }
    }

    /// <summary>target += factor·source.</summary>
    public static void AddScaled(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        if (factor != 0)
            AddScaled(source, 0, factor, target, 0, source.Length);
    }

    // Strides of less than a register: the fastest digit, mostly.
    private static void ApplyShort(ReadOnlySpan<double> source, Span<double> target, int stride, ReadOnlySpan<double> matrix)
    {
        double m00 = matrix[0], m01 = matrix[1], m02 = matrix[2], m03 = matrix[3];
        double m10 = matrix[4], m11 = matrix[5], m12 = matrix[6], m13 = matrix[7];
        double m20 = matrix[8], m21 = matrix[9], m22 = matrix[10], m23 = matrix[11];
        double m30 = matrix[12], m31 = matrix[13], m32 = matrix[14], m33 = matrix[15];
        for (var start = 0; start < source.Length; start += 4 * stride)
        {
            for (var k = start; k < start + stride; k++)
            {
                double a = source[k], b = source[k + stride], c = source[k + (2 * stride)], d = source[k + (3 * stride)];
                target[k] = (a * m00) + (b * m10) + (c * m20) + (d * m30);
                target[k + stride] = (a * m01) + (b * m11) + (c * m21) + (d * m31);
                target[k + (2 * stride)] = (a * m02) + (b * m12) + (c * m22) + (d * m32);
                target[k + (3 * stride)] = (a * m03) + (b * m13) + (c * m23) + (d * m33);
            }
        }
    }

    private static Vector<double> Combine(
        Vector<double> a, Vector<double> p, Vector<double> b, Vector<double> q, Vector<double> c, Vector<double> r, Vector<double> d, Vector<double> s) =>
        Vector.FusedMultiplyAdd(d, s, Vector.FusedMultiplyAdd(c, r, Vector.FusedMultiplyAdd(b, q, a * p)));

    /// <summary>One row of the gradient: four sums in registers over the whole vector.</summary>
    private static void AddRow(ReadOnlySpan<double> source, ReadOnlySpan<double> cotangent, int stride, int row, Span<double> gradient)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(cotangent[..source.Length]);
        Vector<double> g0 = default, g1 = default, g2 = default, g3 = default;
        for (var start = 0; start < source.Length; start += 4 * stride)
        {
            for (var k = start; k < start + stride; k += Vector<double>.Count)
            {
                var value = Vector.LoadUnsafe(ref from, (nuint)(k + (row * stride)));
                g0 = Vector.FusedMultiplyAdd(value, Vector.LoadUnsafe(ref to, (nuint)k), g0);
                g1 = Vector.FusedMultiplyAdd(value, Vector.LoadUnsafe(ref to, (nuint)(k + stride)), g1);
                g2 = Vector.FusedMultiplyAdd(value, Vector.LoadUnsafe(ref to, (nuint)(k + (2 * stride))), g2);
                g3 = Vector.FusedMultiplyAdd(value, Vector.LoadUnsafe(ref to, (nuint)(k + (3 * stride))), g3);
            }
        }

        gradient[0] += Vector.Sum(g0);
        gradient[1] += Vector.Sum(g1);
        gradient[2] += Vector.Sum(g2);
        gradient[3] += Vector.Sum(g3);
    }

    private static void AddRowShort(ReadOnlySpan<double> source, ReadOnlySpan<double> cotangent, int stride, int row, Span<double> gradient)
    {
        double g0 = 0, g1 = 0, g2 = 0, g3 = 0;
        for (var start = 0; start < source.Length; start += 4 * stride)
        {
            for (var k = start; k < start + stride; k++)
            {
                var value = source[k + (row * stride)];
                g0 += value * cotangent[k];
                g1 += value * cotangent[k + stride];
                g2 += value * cotangent[k + (2 * stride)];
                g3 += value * cotangent[k + (3 * stride)];
            }
        }

        gradient[0] += g0;
        gradient[1] += g1;
        gradient[2] += g2;
        gradient[3] += g3;
    }

    private static void AddScaled(ReadOnlySpan<double> source, int from, double factor, Span<double> target, int to, int count)
    {
        if (count == 1)
        {
            target[to] += factor * source[from];
            return;
        }

        var k = 0;
        for (; k + Vector<double>.Count <= count; k += Vector<double>.Count)
            (new Vector<double>(target[(to + k)..]) + (new Vector<double>(source[(from + k)..]) * factor)).CopyTo(target[(to + k)..]);
        for (; k < count; k++)
            target[to + k] += factor * source[from + k];
    }

    private static double Dot(ReadOnlySpan<double> a, int first, ReadOnlySpan<double> b, int second, int count)
    {
        if (count == 1)
            return a[first] * b[second];
        var (sum, k, total) = (Vector<double>.Zero, 0, 0.0);
        for (; k + Vector<double>.Count <= count; k += Vector<double>.Count)
            sum += new Vector<double>(a[(first + k)..]) * new Vector<double>(b[(second + k)..]);
        for (; k < count; k++)
            total += a[first + k] * b[second + k];
        return total + Vector.Sum(sum);
    }
}
