namespace Fovea.Imaging.Decoding;

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
        if (bytes.Length >= 3 && bytes[0] == 'P' && bytes[1] is >= (byte)'1' and <= (byte)'6' && bytes[2] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#') return ImageFormat.Pnm;
        return null;
    }
}
