using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>A picture file whose header is read and whose pixels are not yet.</summary>
internal abstract class ImageSource : IDisposable
{
    /// <summary>Width as stored, in pixels.</summary>
    public abstract int Width { get; }

    /// <summary>Height as stored, in pixels.</summary>
    public abstract int Height { get; }

    /// <summary>EXIF orientation, 1 (upright) to 8.</summary>
    public virtual int Orientation => 1;

    /// <summary>Pages or frames in the file; the first is read.</summary>
    public virtual int Pages => 1;

    /// <summary>Whether its samples have more than 8 bits, which are scaled down.</summary>
    public virtual bool IsDeep => false;

    /// <summary>
    /// The pixels as stored (not yet upright), averaged over squares of <paramref name="shrink"/> pixels or of the next smaller
    /// factor that the format can do; the factor used is returned beside them, and what is to be told of the samples' range.
    /// </summary>
    public abstract (RgbImage Image, int Shrink, string? Range) Decode(int shrink);

    public virtual void Dispose()
    {
    }
}

/// <summary>A format that is decoded here: <paramref name="read"/> gives the full picture and what is to be told of its samples' range.</summary>
internal sealed class RasterSource(int width, int height, Func<(byte[] Rgb, string? Range)> read, bool isDeep = false) : ImageSource
{
    public override int Width => width;

    public override int Height => height;

    public override bool IsDeep => isDeep;

    public override (RgbImage Image, int Shrink, string? Range) Decode(int shrink)
    {
        var (rgb, range) = read();
        var image = new RgbImage(width, height, rgb);
        shrink = Math.Clamp(shrink, 1, Math.Min(BoxFilter.MaxFactor, Math.Min(width, height)));
        return (BoxFilter.Shrink(image, shrink), shrink, range);
    }
}

/// <summary>Turns pictures upright by their EXIF orientation (CIPA DC-008, tag 0x0112).</summary>
internal static class ExifOrientation
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
