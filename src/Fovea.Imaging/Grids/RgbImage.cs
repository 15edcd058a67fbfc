using Fovea.Core.Files;
using Fovea.Imaging.Decoding;
using NetVips;

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

/// <summary>Writes PNG files.</summary>
public static class PngFile
{
    /// <summary>
    /// Writes <paramref name="rgb"/>, bytes [height, width, 3] in sRGB, aside and moves the file into place. Nothing but the
    /// pixels is written: no metadata.
    /// </summary>
    public static void Write(string path, byte[] rgb, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, checked(width * height * 3), nameof(rgb));
        var bytes = Encode(new RgbImage(width, height, rgb));
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>A picture as the bytes of a PNG file, without metadata.</summary>
    public static byte[] Encode(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        VipsRuntime.Initialize();
        using var pixels = Image.NewFromMemory(image.Pixels, image.Width, image.Height, 3, Enums.BandFormat.Uchar);
        using var srgb = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        return srgb.PngsaveBuffer(keep: Enums.ForeignKeep.None);
    }
}
