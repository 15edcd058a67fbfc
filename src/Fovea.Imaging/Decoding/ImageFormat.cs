namespace Fovea.Imaging.Decoding;

/// <summary>The picture formats that are read.</summary>
public enum ImageFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>TIFF and BigTIFF; of several pages the first.</summary>
    Tiff,

    /// <summary>WebP; of an animation the first frame.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>Portable bitmap, greymap or pixmap (P1 to P6).</summary>
    Pnm,

    /// <summary>GIF, of several frames the first; read for masks alone.</summary>
    Gif,
}

/// <summary>Tells a file's format by its first bytes; names and extensions do not count.</summary>
public static class FormatSniffer
{
    /// <summary>The format, or null when the bytes begin like none that is read.</summary>
    public static ImageFormat? Identify(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return ImageFormat.Jpeg;
        if (bytes.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return ImageFormat.Png;
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) || bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8)) return ImageFormat.Tiff;
        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8)) return ImageFormat.WebP;
        // Two letters alone would take any text that begins so: the header's size must be one of a bitmap.
        if (bytes.Length >= 18 && bytes.StartsWith("BM"u8) && bytes[14] is 12 or 40 or 52 or 56 or 64 or 108 or 124 && bytes[15] == 0) return ImageFormat.Bmp;
        if (bytes.Length >= 3
            && bytes[0] == 'P'
            && bytes[1] is >= (byte)'1' and <= (byte)'6'
            && bytes[2] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#')
        {
            return ImageFormat.Pnm;
        }

        return null;
    }

    /// <summary>Whether the bytes begin like a GIF, which masks may be and pictures may not: its few colours suit the one and not the other.</summary>
    internal static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF8"u8);

    /// <summary>
    /// Which well-known type of pictures that is not read the bytes begin like, and what to do with it, in one line; null for none.
    /// DICOM is told by the four letters after its preamble of 128 bytes.
    /// </summary>
    public static string? Foreign(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 132 && bytes[128..].StartsWith("DICM"u8))
            return "DICOM, which is not read: write PNG or TIFF files with dcm2img or dcmj2pnm of dcmtk";
        if (bytes.StartsWith<byte>([0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ']) || bytes.StartsWith<byte>([0xFF, 0x4F, 0xFF, 0x51]))
            return Save("JPEG 2000");
        if (bytes.StartsWith<byte>([0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ']) || bytes.StartsWith<byte>([0xFF, 0x0A])) return Save("JPEG XL");
        if (IsGif(bytes)) return Save("GIF");
        if (bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8))
        {
            return Save(
                bytes[8..].StartsWith("avif"u8) ? "AVIF"
                    : bytes[8..].StartsWith("he"u8) || bytes[8..].StartsWith("mi"u8) ? "HEIC"
                    : "a film or a HEIF picture");
        }

        if (bytes.StartsWith("8BPS"u8)) return Save("a Photoshop document");
        if (bytes.StartsWith("PF\n"u8) || bytes.StartsWith("Pf\n"u8)) return Save("a portable float map");
        if (bytes.Length >= 348 && (bytes[344..].StartsWith("n+1\0"u8) || bytes[344..].StartsWith("ni1\0"u8))) return Save("NIfTI");
        if (bytes.StartsWith("%PDF"u8)) return Save("PDF");
        return bytes.StartsWith<byte>([0x1F, 0x8B]) ? "a gzip file, which is not read: unpack it"
            : bytes.StartsWith("PK\x03\x04"u8) ? "a zip file, which is not read: unpack it"
            : null;
    }

    private static string Save(string type) => $"{type}, which is not read: save it as PNG, TIFF or JPEG";
}
