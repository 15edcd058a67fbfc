namespace Fovea.Imaging.Grids;

/// <summary>An sRGB picture of 8 bits a channel.</summary>
public sealed class RgbImage
{
    /// <summary>Wraps pixels [height, width, 3], row by row from the top. Throws when their number does not match the size.</summary>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != (long)width * height * 3)
            throw new ArgumentException($"{pixels.Length} bytes for {width}×{height} pixels of 3 channels", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Pixels [height, width, 3] in the order red, green, blue.</summary>
    public byte[] Pixels { get; }
}
