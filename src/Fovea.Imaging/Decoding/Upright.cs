using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>Turns pictures upright by their EXIF orientation (CIPA DC-008, tag 0x0112).</summary>
internal static class Upright
{
    /// <summary>True when the orientation swaps width and height.</summary>
    public static bool Swaps(int orientation) => orientation >= 5;

    /// <summary>The picture as it is to be seen, from the picture as stored.</summary>
    public static RgbImage Apply(RgbImage stored, int orientation)
    {
        if (orientation == 1) return stored;
        var (width, height) = Swaps(orientation) ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        var pixels = new byte[stored.Pixels.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    8 => (height - 1 - y, x),
                    _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "1 to 8"),
                };
                stored.Pixels.AsSpan((fromY * stored.Width + fromX) * 3, 3).CopyTo(pixels.AsSpan((y * width + x) * 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }
}
