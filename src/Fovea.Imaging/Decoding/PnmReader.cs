namespace Fovea.Imaging.Decoding;

/// <summary>Reads portable bitmaps, greymaps and pixmaps (Netpbm P1 to P6), plain and raw, up to 16 bits a sample.</summary>
internal static class PnmReader
{
    public static ImageSource Open(byte[] bytes)
    {
        var kind = bytes[1] - '0';
        var at = 2;
        var width = Number(bytes, ref at);
        var height = Number(bytes, ref at);
        var bitmap = kind is 1 or 4;
        var maximum = bitmap ? 1 : Number(bytes, ref at);
        if (width <= 0 || height <= 0) throw new ImageReadException($"the header gives {width}×{height} pixels");
        if (maximum is <= 0 or > 65535) throw new ImageReadException($"the largest sample is {maximum}; 1 to 65535 are allowed");
        // One white-space character ends the header of the raw kinds.
        var data = at + 1;
        return new RasterSource(width, height, () => Read(bytes, kind, data, width, height, maximum), isDeep: maximum > byte.MaxValue);
    }

    private static byte[] Read(byte[] bytes, int kind, int data, int width, int height, int maximum)
    {
        var colour = kind is 3 or 6;
        var perRow = colour ? width * 3 : width;
        // Before the memory is taken: a header of twenty bytes may promise any number of pixels.
        var least = kind == 4 ? (width + 7L) / 8 * height : (long)perRow * height * (kind > 4 && maximum > 255 ? 2 : 1);
        if (bytes.Length - data < least) throw new ImageReadException("the picture is cut off");
        var rgb = new byte[(long)width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var i = 0; i < perRow; i++)
            {
                var sample = kind switch
                {
                    1 => 1 - Bit(bytes, ref data),
                    2 or 3 => Number(bytes, ref data),
                    4 => 1 - (At(bytes, data + (long)y * ((width + 7) / 8) + i / 8) >> (7 - i % 8) & 1),
                    _ => Raw(bytes, data + ((long)y * perRow + i) * (maximum > 255 ? 2 : 1), maximum > 255),
                };
                var value = (byte)((Math.Min(sample, maximum) * 255L + maximum / 2) / maximum);
                if (colour) rgb[(long)y * perRow + i] = value;
                else rgb.AsSpan((y * width + i) * 3, 3).Fill(value);
            }
        }

        return rgb;
    }

    private static int Raw(byte[] bytes, long at, bool wide) => wide ? At(bytes, at) << 8 | At(bytes, at + 1) : At(bytes, at);

    private static int At(byte[] bytes, long at) => at < bytes.Length ? bytes[at] : throw new ImageReadException("the picture is cut off");

    private static int Bit(byte[] bytes, ref int at)
    {
        SkipSpace(bytes, ref at);
        return At(bytes, at++) switch { '0' => 0, '1' => 1, _ => throw new ImageReadException("a plain bitmap holds something else than 0 and 1") };
    }

    private static int Number(byte[] bytes, ref int at)
    {
        SkipSpace(bytes, ref at);
        var (value, start) = (0L, at);
        while (at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && value < int.MaxValue) value = value * 10 + bytes[at++] - '0';
        if (at == start) throw new ImageReadException(at < bytes.Length ? "a number is missing in a portable pixmap" : "the picture is cut off");
        return (int)Math.Min(value, int.MaxValue);
    }

    private static void SkipSpace(byte[] bytes, ref int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'#')
        {
            if (bytes[at] == '#')
            {
                while (at < bytes.Length && bytes[at] != '\n') at++;
            }
            else
            {
                at++;
            }
        }
    }
}
