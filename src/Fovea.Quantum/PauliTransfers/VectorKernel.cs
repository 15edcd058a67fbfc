using System.Numerics;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>
/// Maps on vectors of Pauli coefficients, whose index has a base-4 digit for each wire: a stride 4^j a wire.
/// </summary>
internal static class VectorKernel
{
    /// <summary>target[Q] = Σ_P source[P]·matrix[P, Q] on one digit.</summary>
    public static void Apply(ReadOnlySpan<double> source, Span<double> target, int stride, ReadOnlySpan<double> matrix)
    {
        for (var start = 0; start < source.Length; start += 4 * stride)
        {
            for (var column = 0; column < 4; column++)
            {
                double a = matrix[column], b = matrix[4 + column], c = matrix[8 + column], d = matrix[12 + column];
                var result = target.Slice(start + (column * stride), stride);
                var zero = source.Slice(start, stride);
                var one = source.Slice(start + stride, stride);
                var two = source.Slice(start + (2 * stride), stride);
                var three = source.Slice(start + (3 * stride), stride);
                var k = 0;
                for (; k + Vector<double>.Count <= stride; k += Vector<double>.Count)
                {
                    var sum = (new Vector<double>(zero[k..]) * a) + (new Vector<double>(one[k..]) * b)
                        + (new Vector<double>(two[k..]) * c) + (new Vector<double>(three[k..]) * d);
                    sum.CopyTo(result[k..]);
                }

                for (; k < stride; k++)
                    result[k] = (zero[k] * a) + (one[k] * b) + (two[k] * c) + (three[k] * d);
            }
        }
    }

    /// <summary>gradient[P, Q] += Σ source[P]·cotangent[Q] on one digit.</summary>
    public static void AddGradient(ReadOnlySpan<double> source, ReadOnlySpan<double> cotangent, int stride, Span<double> gradient)
    {
        for (var start = 0; start < source.Length; start += 4 * stride)
        {
            for (var row = 0; row < 4; row++)
            {
                for (var column = 0; column < 4; column++)
                {
                    gradient[(4 * row) + column] += Dot(
                        source.Slice(start + (row * stride), stride), cotangent.Slice(start + (column * stride), stride));
                }
            }
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
        var run = strides.Min();
        for (var start = 0; start < source.Length; start += run)
        {
            if (!IsBase(start, strides))
                continue;
            foreach (var (from, to, element) in entries)
                AddScaled(source.Slice(start + from, run), matrix[element], target.Slice(start + to, run));
        }
    }

    /// <summary>gradient[element] += Σ source[P]·cotangent[Q] over the entries, on several digits.</summary>
    public static void AddGradient(
        ReadOnlySpan<double> source, ReadOnlySpan<double> cotangent, int[] strides, (int From, int To, int Element)[] entries, Span<double> gradient)
    {
        var run = strides.Min();
        for (var start = 0; start < source.Length; start += run)
        {
            if (!IsBase(start, strides))
                continue;
            foreach (var (from, to, element) in entries)
                gradient[element] += Dot(source.Slice(start + from, run), cotangent.Slice(start + to, run));
        }
    }

    private static bool IsBase(int index, int[] strides)
    {
        foreach (var stride in strides)
        {
            if ((index / stride & 3) != 0)
                return false;
        }

        return true;
    }

    private static void AddScaled(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        var k = 0;
        for (; k + Vector<double>.Count <= source.Length; k += Vector<double>.Count)
            (new Vector<double>(target[k..]) + (new Vector<double>(source[k..]) * factor)).CopyTo(target[k..]);
        for (; k < source.Length; k++)
            target[k] += factor * source[k];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sum, k, total) = (Vector<double>.Zero, 0, 0.0);
        for (; k + Vector<double>.Count <= a.Length; k += Vector<double>.Count)
            sum += new Vector<double>(a[k..]) * new Vector<double>(b[k..]);
        for (; k < a.Length; k++)
            total += a[k] * b[k];
        return total + Vector.Sum(sum);
    }
}
