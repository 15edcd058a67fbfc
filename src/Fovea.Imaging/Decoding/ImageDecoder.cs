using NetVips;

namespace Fovea.Imaging.Decoding;

/// <summary>Decodes picture files of every format that is read into upright sRGB pixels of 8 bits.</summary>
/// <remarks>
/// Colour profiles are applied, grey is spread over the channels, 16-bit samples are scaled down, transparency is laid over
/// black, CMYK is converted. No metadata survives.
/// </remarks>
public static class ImageDecoder
{
    /// <summary>The default limit of a picture's size: 200 million pixels, five times that of a large fundus camera.</summary>
    public const long DefaultMaxPixels = 200_000_000;

    /// <summary>
    /// Decodes <paramref name="bytes"/>, shrunk so that the shorter side keeps at least <paramref name="minSide"/> pixels (the
    /// formats can do it cheaply while they decode); 0 gives full size. Throws <see cref="ImageReadException"/> when the bytes
    /// are no picture, are damaged, or announce more than <paramref name="maxPixels"/> pixels in their header.
    /// </summary>
    public static DecodedImage Decode(byte[] bytes, int minSide = 0, long maxPixels = DefaultMaxPixels)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Guarded(() =>
        {
            using var source = Open(bytes, maxPixels);
            var shrink = minSide > 0 ? Math.Max(1, Math.Min(source.Width, source.Height) / minSide) : 1;
            return Decode(source, shrink);
        });
    }

    /// <summary>
    /// Decodes <paramref name="bytes"/> averaged over squares of <paramref name="shrink"/> pixels or of the next smaller factor
    /// that the format can do. Throws as <see cref="Decode(byte[], int, long)"/>.
    /// </summary>
    public static DecodedImage DecodeShrunk(byte[] bytes, int shrink, long maxPixels = DefaultMaxPixels)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shrink);
        return Guarded(() =>
        {
            using var source = Open(bytes, maxPixels);
            return Decode(source, shrink);
        });
    }

    private static DecodedImage Decode(ImageSource source, int shrink)
    {
        var (stored, used) = source.Decode(shrink);
        var (width, height) = Upright.Swaps(source.Orientation) ? (source.Height, source.Width) : (source.Width, source.Height);
        return new DecodedImage(Upright.Apply(stored, source.Orientation), width, height, used, source.IsDeep);
    }

    private static ImageSource Open(byte[] bytes, long maxPixels)
    {
        if (bytes.Length == 0) throw new ImageReadException("the file is empty");
        var format = FormatSniffer.Identify(bytes)
            ?? throw new ImageReadException("not a picture: the first bytes are none of JPEG, PNG, TIFF, WebP, BMP or PPM");
        var source = format switch
        {
            ImageFormat.Bmp => BmpReader.Open(bytes),
            ImageFormat.Pnm => PnmReader.Open(bytes),
            _ => new VipsSource(bytes, format),
        };
        if ((long)source.Width * source.Height <= maxPixels) return source;
        var message = $"{source.Width}×{source.Height} pixels are over the limit of {maxPixels}";
        source.Dispose();
        throw new ImageReadException(message);
    }

    private static DecodedImage Guarded(Func<DecodedImage> decode)
    {
        try
        {
            return decode();
        }
        catch (VipsException e)
        {
            throw new ImageReadException("damaged or of an unsupported kind: " + OneLine(e.Message), e);
        }
    }

    private static string OneLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var told = lines.Length > 1 && lines[0].Contains("unable to call", StringComparison.Ordinal) ? lines[1..] : lines;
        return string.Join("; ", told.Distinct());
    }
}
