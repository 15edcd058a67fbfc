using System.Numerics;
using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>Makes a picture smaller by a whole factor.</summary>
internal static class BoxFilter
{
    /// <summary>The largest factor: a column's sum fits 16 bits.</summary>
    public const int MaxFactor = ushort.MaxValue / byte.MaxValue;

    /// <summary>The mean over squares of <paramref name="factor"/> pixels; a remainder at the right and lower edge is left out.</summary>
    public static RgbImage Shrink(RgbImage image, int factor)
    {
        if (factor == 1) return image;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, MaxFactor);
        var (width, height) = (image.Width / factor, image.Height / factor);
        var small = new byte[width * height * 3];
        var columns = new ushort[width * factor * 3];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(columns);
            for (var dy = 0; dy < factor; dy++)
                AddRow(image.Pixels.AsSpan((y * factor + dy) * image.Width * 3, columns.Length), columns);
            Average(columns, factor, small.AsSpan(y * width * 3, width * 3));
        }

        return new RgbImage(width, height, small);
    }

    private static void AddRow(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out var low, out var high);
            var first = sums[i..];
            var second = first[Vector<ushort>.Count..];
            (new Vector<ushort>(first) + low).CopyTo(first);
            (new Vector<ushort>(second) + high).CopyTo(second);
        }

        for (; i < row.Length; i++) sums[i] += row[i];
    }

    private static void Average(ReadOnlySpan<ushort> columns, int factor, Span<byte> output)
    {
        var area = (uint)(factor * factor);
        var at = 0;
        for (var x = 0; x < output.Length; x += 3)
        {
            var (red, green, blue) = (area / 2, area / 2, area / 2);
            for (var end = at + factor * 3; at < end; at += 3)
            {
                red += columns[at];
                green += columns[at + 1];
                blue += columns[at + 2];
            }

            output[x] = (byte)(red / area);
            output[x + 1] = (byte)(green / area);
            output[x + 2] = (byte)(blue / area);
        }
    }
}
