using System.Buffers.Binary;
using System.Numerics;

namespace Fovea.Imaging.Decoding;

/// <summary>
/// Reads Windows bitmaps: 1, 4, 8, 16, 24 and 32 bits a pixel, with palette or channel masks, bottom-up or top-down.
/// Run-length compressed ones are refused. Alpha is left out: most writers leave it zero.
/// </summary>
internal static class BmpReader
{
    private const int Uncompressed = 0;
    private const int BitFields = 3;
    private const int AlphaBitFields = 6;

    public static ImageSource Open(byte[] bytes)
    {
        if (bytes.Length < 26) throw new ImageReadException("the bitmap header is cut off");
        var headerSize = Int(bytes, 14);
        if (headerSize is not (12 or 40 or 52 or 56 or 64 or 108 or 124)) throw new ImageReadException($"the bitmap has a header of {headerSize} bytes");
        var core = headerSize == 12;
        if (!core && bytes.Length < 54) throw new ImageReadException("the bitmap header is cut off");
        var width = core ? Word(bytes, 18) : Int(bytes, 18);
        var signedHeight = core ? Word(bytes, 20) : Int(bytes, 22);
        var bits = Word(bytes, core ? 24 : 28);
        var compression = core ? Uncompressed : Int(bytes, 30);
        if (width <= 0 || signedHeight is 0 or int.MinValue) throw new ImageReadException($"the bitmap header gives {width}×{signedHeight} pixels");
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32)) throw new ImageReadException($"{bits} bits a pixel; 1, 4, 8, 16, 24 or 32 are read");
        if (compression is not (Uncompressed or BitFields or AlphaBitFields))
            throw new ImageReadException($"bitmap compression {compression} is not read; save it uncompressed");
        var height = Math.Abs(signedHeight);
        return new RasterSource(width, height, () => (Read(bytes, new Layout(headerSize, width, height, bits, compression, TopDown: signedHeight < 0)), null));
    }

    private static byte[] Read(byte[] bytes, Layout layout)
    {
        var stride = ((long)layout.Width * layout.Bits + 31) / 32 * 4;
        var data = (uint)Int(bytes, 10);
        if (data + stride * layout.Height > bytes.Length) throw new ImageReadException("the bitmap is cut off");
        var rgb = new byte[(long)layout.Width * layout.Height * 3];
        var palette = layout.Bits <= 8 ? Palette(bytes, layout) : [];
        var masks = layout.Bits is 16 or 32 ? Masks(bytes, layout) : [];
        for (var y = 0; y < layout.Height; y++)
        {
            var row = bytes.AsSpan((int)(data + stride * (layout.TopDown ? y : layout.Height - 1 - y)), (int)stride);
            var to = rgb.AsSpan(y * layout.Width * 3, layout.Width * 3);
            if (layout.Bits <= 8) ReadPalette(row, layout.Bits, palette, to);
            else if (layout.Bits == 24) ReadBgr(row, to);
            else ReadMasked(row, layout.Bits, masks, to);
        }

        return rgb;
    }

    private static byte[] Palette(byte[] bytes, Layout layout)
    {
        var entry = layout.HeaderSize == 12 ? 3 : 4;
        var start = 14 + layout.HeaderSize;
        var count = Math.Min(1 << layout.Bits, (Math.Min(bytes.Length, Int(bytes, 10)) - start) / entry);
        var palette = new byte[256 * 3];
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < 3; c++) palette[i * 3 + c] = bytes[start + i * entry + 2 - c];
        }

        return palette;
    }

    private static void ReadPalette(ReadOnlySpan<byte> row, int bits, byte[] palette, Span<byte> to)
    {
        for (var x = 0; x < to.Length / 3; x++)
        {
            var at = x * bits;
            var index = row[at / 8] >> (8 - bits - at % 8) & ((1 << bits) - 1);
            palette.AsSpan(index * 3, 3).CopyTo(to[(x * 3)..]);
        }
    }

    private static void ReadBgr(ReadOnlySpan<byte> row, Span<byte> to)
    {
        for (var x = 0; x < to.Length; x += 3) (to[x], to[x + 1], to[x + 2]) = (row[x + 2], row[x + 1], row[x]);
    }

    private static uint[] Masks(byte[] bytes, Layout layout)
    {
        if (layout.Compression == Uncompressed) return layout.Bits == 16 ? [0x7C00, 0x03E0, 0x001F] : [0xFF0000, 0xFF00, 0xFF];
        if (bytes.Length < 66) throw new ImageReadException("the bitmap header is cut off");
        return [(uint)Int(bytes, 54), (uint)Int(bytes, 58), (uint)Int(bytes, 62)];
    }

    private static void ReadMasked(ReadOnlySpan<byte> row, int bits, uint[] masks, Span<byte> to)
    {
        for (var x = 0; x < to.Length / 3; x++)
        {
            var pixel = bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(row[(x * 2)..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[(x * 4)..]);
            for (var c = 0; c < 3; c++)
            {
                var mask = masks[c];
                var shift = BitOperations.TrailingZeroCount(mask);
                to[x * 3 + c] = mask == 0 ? (byte)0 : (byte)(((pixel & mask) >> shift) * 255UL / (mask >> shift));
            }
        }
    }

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private readonly record struct Layout(int HeaderSize, int Width, int Height, int Bits, int Compression, bool TopDown);
}
