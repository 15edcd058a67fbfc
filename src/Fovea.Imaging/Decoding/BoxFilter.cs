using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>Makes a picture smaller by a whole factor.</summary>
internal static class BoxFilter
{
    /// <summary>The mean over squares of <paramref name="factor"/> pixels; a remainder at the right and lower edge is left out.</summary>
    public static RgbImage Shrink(RgbImage image, int factor)
    {
        if (factor == 1) return image;
        var (width, height) = (image.Width / factor, image.Height / factor);
        var small = new byte[width * height * 3];
        var sums = new int[width * 3];
        var area = factor * factor;
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (var dy = 0; dy < factor; dy++)
                AddRow(image.Pixels.AsSpan((y * factor + dy) * image.Width * 3), sums, factor);
            for (var i = 0; i < sums.Length; i++) small[y * width * 3 + i] = (byte)((sums[i] + area / 2) / area);
        }

        return new RgbImage(width, height, small);
    }

    private static void AddRow(ReadOnlySpan<byte> row, int[] sums, int factor)
    {
        var at = 0;
        for (var x = 0; x < sums.Length; x += 3)
        {
            var (red, green, blue) = (0, 0, 0);
            for (var end = at + factor * 3; at < end; at += 3)
            {
                red += row[at];
                green += row[at + 1];
                blue += row[at + 2];
            }

            sums[x] += red;
            sums[x + 1] += green;
            sums[x + 2] += blue;
        }
    }
}
