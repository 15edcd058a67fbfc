using Fovea.Imaging.Grids;

namespace Fovea.Imaging.Decoding;

/// <summary>
/// A mask's file at full size: a grey picture of which the values count. Either 0 and one other value, whatever it is; or an index picture, in which each value
/// below <see cref="MostValues"/> stands for a class and 0 for none.
/// </summary>
internal sealed class MaskPicture
{
    /// <summary>Index pictures have fewer values than that.</summary>
    public const int MostValues = 32;

    private readonly byte[] _values;

    private MaskPicture(int width, int height, int orientation, byte[] values)
    {
        (Width, Height, Orientation, _values) = (width, height, orientation, values);
        Span<bool> seen = stackalloc bool[256];
        foreach (var value in values) seen[value] = true;
        List<byte> above = [];
        for (var value = 1; value < seen.Length; value++)
            if (seen[value]) above.Add((byte)value);
        Values = above;
    }

    /// <summary>Width in pixels, upright.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, upright.</summary>
    public int Height { get; }

    /// <summary>The EXIF orientation by which it was turned upright.</summary>
    public int Orientation { get; }

    /// <summary>Its values above 0, ascending.</summary>
    public IReadOnlyList<byte> Values { get; }

    /// <summary>Whether it can only be an index picture.</summary>
    public bool IsIndex => Values.Count > 1 && Values[^1] < MostValues;

    /// <summary>Reads a mask. Throws <see cref="ImageReadException"/> when the bytes are no picture, or one with colours.</summary>
    public static MaskPicture Read(byte[] bytes, long maxPixels = ImageDecoder.DefaultMaxPixels)
    {
        var decoded = ImageDecoder.DecodeMask(bytes, maxPixels);
        if (decoded.Repair is { } repair) throw new ImageReadException($"damaged ({repair}); of a mask nothing is made up");
        var (pixels, values) = (decoded.Image.Pixels, new byte[decoded.Image.Width * decoded.Image.Height]);
        for (var i = 0; i < values.Length; i++)
        {
            if (pixels[3 * i] != pixels[3 * i + 1] || pixels[3 * i] != pixels[3 * i + 2]) throw new ImageReadException("has colours; a mask is grey");
            values[i] = pixels[3 * i];
        }

        return new MaskPicture(decoded.Image.Width, decoded.Image.Height, decoded.Orientation, values);
    }

    /// <summary>Adds to a channel of a picture of the same size what each value stands for, 0 to 255.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="meaning">[256]: how much of a pixel of that value belongs to the class.</param>
    public void Lay(RgbImage picture, int channel, ReadOnlySpan<byte> meaning)
    {
        for (var i = 0; i < _values.Length; i++) picture.Pixels[3 * i + channel] = meaning[_values[i]];
    }
}
