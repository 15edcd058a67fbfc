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
        if (stride < Vector<double>.Count)
        {
            ApplyShort(source, target, stride, matrix);
            return;
        }

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
                for (var k = 0; k < stride; k += Vector<double>.Count)
                {
                    var sum = (new Vector<double>(zero[k..]) * a) + (new Vector<double>(one[k..]) * b)
                        + (new Vector<double>(two[k..]) * c) + (new Vector<double>(three[k..]) * d);
                    sum.CopyTo(result[k..]);
                }
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
                    gradient[(4 * row) + column] += Dot(source, start + (row * stride), cotangent, start + (column * stride), stride);
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
