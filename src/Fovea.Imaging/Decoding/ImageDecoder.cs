using Fovea.Core.Errors;
using Fovea.Imaging.Grids;
using NetVips;
using FailOn = NetVips.Enums.FailOn;

namespace Fovea.Imaging.Decoding;

/// <summary>Decodes picture files of every format that is read into upright sRGB pixels of 8 bits.</summary>
/// <remarks>
/// Colour profiles are applied, grey is spread over the channels, samples of more than 8 bits are scaled down from the range
/// that they are found to use, transparency is laid over black, CMYK is converted. No metadata survives.
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
        return Decode(bytes, maxPixels, source => minSide > 0 ? Math.Max(1, Math.Min(source.Width, source.Height) / minSide) : 1);
    }

    /// <summary>
    /// Decodes <paramref name="bytes"/> averaged over squares of <paramref name="shrink"/> pixels or of the next smaller factor
    /// that the format can do. Throws as <see cref="Decode(byte[], int, long)"/>.
    /// </summary>
    public static DecodedImage DecodeShrunk(byte[] bytes, int shrink, long maxPixels = DefaultMaxPixels)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shrink);
        return Decode(bytes, maxPixels, _ => shrink);
    }

    /// <summary>Decodes a mask at full size; GIF files are read, too. Throws as <see cref="Decode(byte[], int, long)"/>.</summary>
    internal static DecodedImage DecodeMask(byte[] bytes, long maxPixels = DefaultMaxPixels) =>
        Decode(bytes, maxPixels, _ => 1, FormatSniffer.IsGif(bytes) ? ImageFormat.Gif : null);

    private static DecodedImage Decode(byte[] bytes, long maxPixels, Func<ImageSource, int> shrinkOf, ImageFormat? given = null)
    {
        DecodedImage? decoded = null;
        if (VipsRuntime.TryShared(() => decoded = Decode(bytes, maxPixels, shrinkOf, given, FailOn.Warning))) return decoded!;
        // Something is wrong with this file, or only odd: once more to learn what, and whether the picture can be had.
        List<string> said = [];
        return VipsRuntime.Alone(said, () =>
        {
            try
            {
                var repaired = Decode(bytes, maxPixels, shrinkOf, given, FailOn.Error);
                return repaired with { Repair = DecoderFaults.Repair(said) };
            }
            catch (VipsException e)
            {
                throw new ImageReadException("damaged or of an unsupported kind: " + DecoderFaults.Failure(e.Message, said), e);
            }
        });
    }

    private static DecodedImage Decode(byte[] bytes, long maxPixels, Func<ImageSource, int> shrinkOf, ImageFormat? given, FailOn failOn)
    {
        using var source = Open(bytes, maxPixels, given, failOn);
        var (stored, used, range) = source.Decode(shrinkOf(source));
        var (width, height) = ExifOrientation.Swaps(source.Orientation) ? (source.Height, source.Width) : (source.Width, source.Height);
        return new DecodedImage(ExifOrientation.Apply(stored, source.Orientation), width, height, used, source.IsDeep)
        {
            Range = range,
            Pages = source.Pages,
            Orientation = source.Orientation,
        };
    }

    private static ImageSource Open(byte[] bytes, long maxPixels, ImageFormat? given, FailOn failOn)
    {
        if (bytes.Length == 0) throw new ImageReadException("the file is empty");
        var format = given ?? FormatSniffer.Identify(bytes)
            ?? throw new ImageReadException(FormatSniffer.Foreign(bytes) ?? "not a picture: the first bytes are none of JPEG, PNG, TIFF, WebP, BMP or PPM");
        var source = format switch
        {
            ImageFormat.Bmp => BmpReader.Open(bytes),
            ImageFormat.Pnm => PnmReader.Open(bytes),
            _ => new VipsSource(bytes, format, failOn),
        };
        if ((long)source.Width * source.Height <= maxPixels) return source;
        var message = $"{source.Width}×{source.Height} pixels are over the limit of {maxPixels}";
        source.Dispose();
        throw new ImageReadException(message);
    }
}

/// <summary>A file gives no picture; the message is the reason in one line, without the file's name.</summary>
public sealed class ImageReadException : Exception
{
    /// <summary>Creates the exception from its reason.</summary>
    public ImageReadException(string message) : base(message) { }

    /// <summary>Creates the exception from its reason and the failure behind it.</summary>
    public ImageReadException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>Reads single picture files.</summary>
public static class ImageFile
{
    /// <summary>
    /// The picture at full size, upright, in sRGB. Throws <see cref="InputException"/> that names the file when it is missing,
    /// no picture, damaged, or over <paramref name="maxPixels"/>.
    /// </summary>
    public static RgbImage ReadRgb(string path, long maxPixels = ImageDecoder.DefaultMaxPixels)
    {
        try
        {
            return ImageDecoder.Decode(File.ReadAllBytes(path), maxPixels: maxPixels).Image;
        }
        catch (Exception e) when (e is ImageReadException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}

/// <summary>An upright sRGB picture, possibly shrunk, and the size of its source.</summary>
/// <param name="Image">The pixels.</param>
/// <param name="SourceWidth">The upright source's width in pixels.</param>
/// <param name="SourceHeight">The upright source's height in pixels.</param>
/// <param name="Shrink">Source pixels per pixel of <paramref name="Image"/> along each axis, from the upper left corner of the upright picture.</param>
/// <param name="IsScaled">Whether the source's samples had more than 8 bits and were scaled down.</param>
public sealed record DecodedImage(RgbImage Image, int SourceWidth, int SourceHeight, int Shrink, bool IsScaled)
{
    /// <summary>What was damaged, in one line, when the decoder had to make pixels up; null for a sound file.</summary>
    public string? Repair { get; init; }

    /// <summary>The range that samples of more than 8 bits were taken to have, in one line; null when their type alone decides it.</summary>
    public string? Range { get; init; }

    /// <summary>The EXIF orientation by which it was turned upright, 1 (not at all) to 8.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Pages or frames in the file, of which this is the first.</summary>
    public int Pages { get; init; } = 1;
}

/// <summary>Tells from what libvips says whether a picture was damaged, and how, in one line.</summary>
internal static class DecoderFaults
{
    /// <summary>The prefix of what the JPEG decoder says; it tells its first warning only.</summary>
    private const string Jpeg = "VipsJpeg: ";

    private const string OneWarning = "read gave 1 warnings";

    /// <summary>What says nothing of the pixels: a version number, spectral parameters that a sequential file does not use, a profile.</summary>
    private static readonly string[] s_harmless = ["unknown JFIF revision", "Invalid SOS parameters", "bad ICC marker"];

    /// <summary>What decoders inside TIFF files say of pixels that they made up; the rest of libtiff's warnings is about tags.</summary>
    private static readonly string[] s_harmful =
        [
            "JPEG data", "JPEG file", "JPEG image", "Huffman", "arithmetic code", "Premature", "premature",
            "Bad code word", "bad code word", "Line length mismatch", "EOL",
        ];

    /// <summary>What the decoder repaired, or null when all that it said is harmless.</summary>
    /// <param name="said">The lines of its warnings.</param>
    public static string? Repair(IReadOnlyList<string> said)
    {
        string[] reads = [.. said.Where(line => line.StartsWith("read gave", StringComparison.Ordinal))];
        if (reads.Length > 0)
        {
            string[] told = [.. said.Where(line => line.StartsWith(Jpeg, StringComparison.Ordinal)).Select(line => line[Jpeg.Length..])];
            var harmless = told.Length > 0 && Array.TrueForAll(reads, line => line == OneWarning) && Array.TrueForAll(told, line => Holds(line, s_harmless));
            return harmless ? null : told.FirstOrDefault("corrupt JPEG data");
        }

        return said.FirstOrDefault(line => Holds(line, s_harmful));
    }

    /// <summary>Why a picture cannot be had.</summary>
    /// <param name="message">The text of the exception.</param>
    /// <param name="said">The lines of the warnings before it, for when it says nothing.</param>
    public static string Failure(string message, IReadOnlyList<string> said)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("unable to call", StringComparison.Ordinal)
                && !line.StartsWith("unable to write to memory", StringComparison.Ordinal))
            .Distinct().ToArray();
        var warnings = said.Where(line => !line.StartsWith("error in tile", StringComparison.Ordinal)).Distinct().ToArray();
        var told = string.Join("; ", lines.Length > 0 && lines is not ["vipspng: libpng read error"] ? lines : [.. warnings, .. lines]);
        if (told.Contains("samples out of range", StringComparison.Ordinal))
            told += " (samples of more than 32 bits are not read; save it as 32-bit floating-point or 16-bit samples)";
        return told.Length > 0 ? told : "the decoder gives no reason";
    }

    private static bool Holds(string line, string[] words) => Array.Exists(words, word => line.Contains(word, StringComparison.Ordinal));
}
