using System.Numerics;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Retina;

/// <summary>
/// Resizes a square window of a picture to a smaller or larger square with an antialiasing cubic kernel (Keys 1981, a = -1/2,
/// stretched by the reduction). Output pixels whose centre lies outside the picture are black; elsewhere the kernel's weights
/// are normalised over the pixels that exist, so the frame does not darken.
/// </summary>
public static class AreaResampler
{
    private const double KernelRadius = 2;

    /// <summary>
    /// Bytes [size, size, 3] of the window whose upper left corner is (<paramref name="left"/>, <paramref name="top"/>) and
    /// whose side is <paramref name="side"/>, all in pixels with fractions; the window may reach beyond the picture.
    /// </summary>
    public static byte[] Resize(RgbImage image, double left, double top, double side, int size)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var rows = Weights(top, side, size, image.Height);
        var columns = Weights(left, side, size, image.Width);
        var firstColumn = columns.Where(c => c.Values.Length > 0).Select(c => c.First).DefaultIfEmpty(0).Min();
        var lastColumn = columns.Where(c => c.Values.Length > 0).Select(c => c.First + c.Values.Length).DefaultIfEmpty(0).Max();
        var output = new byte[size * size * 3];
        if (lastColumn == firstColumn) return output;
        var line = new float[(lastColumn - firstColumn) * 3];
        var pixels = new Vector4[lastColumn - firstColumn];
        for (var y = 0; y < size; y++)
        {
            if (rows[y].Values.Length == 0) continue;
            Array.Clear(line);
            for (var k = 0; k < rows[y].Values.Length; k++)
                AddScaled(image.Pixels.AsSpan(((rows[y].First + k) * image.Width + firstColumn) * 3, line.Length), rows[y].Values[k], line);
            Spread(line, pixels);
            Across(pixels, firstColumn, columns, output.AsSpan(y * size * 3, size * 3));
        }

        return output;
    }

    private static void Across(ReadOnlySpan<Vector4> line, int firstColumn, Taps[] columns, Span<byte> output)
    {
        for (var x = 0; x < columns.Length; x++)
        {
            var sum = Vector4.Zero;
            var values = columns[x].Values;
            if (values.Length == 0) continue;
            var pixels = line.Slice(columns[x].First - firstColumn, values.Length);
            for (var k = 0; k < pixels.Length; k++) sum += values[k] * pixels[k];
            output[x * 3] = Round(sum.X);
            output[x * 3 + 1] = Round(sum.Y);
            output[x * 3 + 2] = Round(sum.Z);
        }
    }

    private static void Spread(ReadOnlySpan<float> line, Span<Vector4> pixels)
    {
        for (var x = 0; x < pixels.Length; x++) pixels[x] = new Vector4(line[x * 3], line[x * 3 + 1], line[x * 3 + 2], 0);
    }

    private static byte Round(float value) => (byte)Math.Clamp(value + 0.5f, 0f, 255f);

    /// <summary>line += weight · row; bytes are widened a vector at a time. Each element's sum has one order, whatever the width.</summary>
    private static void AddScaled(ReadOnlySpan<byte> row, float weight, Span<float> line)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var factor = new Vector<float>(weight);
            var step = Vector<float>.Count;
            for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(row[i..]), out var low, out var high);
                Vector.Widen(low, out var a, out var b);
                Vector.Widen(high, out var c, out var d);
                Add(line[i..], a);
                Add(line[(i + step)..], b);
                Add(line[(i + 2 * step)..], c);
                Add(line[(i + 3 * step)..], d);
            }

            void Add(Span<float> to, Vector<uint> values) =>
                (new Vector<float>(to) + factor * Vector.ConvertToSingle(Vector.AsVectorInt32(values))).CopyTo(to);
        }

        for (; i < row.Length; i++) line[i] += weight * row[i];
    }

    private static Taps[] Weights(double start, double side, int size, int length)
    {
        var scale = side / size;
        var stretch = Math.Max(scale, 1);
        var taps = new Taps[size];
        for (var i = 0; i < size; i++)
        {
            var centre = start + (i + 0.5) * scale;
            if (centre < 0 || centre >= length)
            {
                taps[i] = new Taps(0, []);
                continue;
            }

            var first = Math.Max(0, (int)Math.Floor(centre - KernelRadius * stretch));
            var last = Math.Min(length - 1, (int)Math.Ceiling(centre + KernelRadius * stretch));
            var values = new float[last - first + 1];
            var sum = 0.0;
            for (var j = 0; j < values.Length; j++) sum += values[j] = (float)Kernel((first + j + 0.5 - centre) / stretch);
            for (var j = 0; j < values.Length; j++) values[j] = (float)(values[j] / sum);
            taps[i] = new Taps(first, values);
        }

        return taps;
    }

    private static double Kernel(double x)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1 => (1.5 * x - 2.5) * x * x + 1,
            < 2 => ((-0.5 * x + 2.5) * x - 4) * x + 2,
            _ => 0,
        };
    }

    private readonly record struct Taps(int First, float[] Values);
}
